/** The filters to choose from: unread, and each queue. */
import { Menu } from '@mantine/core'
import { useQueues } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { IconCheck } from '@/shared/ui/icons'
import { useInboxAddress } from '../useInboxAddress'
import classes from './ListPane.module.css'

export function FilterItems() {
  const { t } = useTranslation('inbox')
  const { search, change } = useInboxAddress()
  const queues = useQueues()
  return (
    <>
      <Menu.Item
        rightSection={search.unread && <IconCheck size={16} />}
        onClick={() => change({ unread: search.unread ? undefined : true })}
      >
        {t('filters.unread')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Label>{t('filters.queue')}</Menu.Label>
      <Menu.Item
        rightSection={!search.queue && <IconCheck size={16} />}
        onClick={() => change({ queue: undefined })}
      >
        {t('filters.everyQueue')}
      </Menu.Item>
      {queues.map(({ id, name, color }) => (
        <Menu.Item
          key={id}
          leftSection={<span className={classes.dot} style={{ background: color }} />}
          rightSection={search.queue === id && <IconCheck size={16} />}
          onClick={() => change({ queue: id })}
        >
          {name}
        </Menu.Item>
      ))}
    </>
  )
}
