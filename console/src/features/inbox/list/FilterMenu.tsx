/** Queue and unread filters: a menu to choose them, chips to see and remove them. */
import { ActionIcon, Indicator, Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useQueues } from '@/shared/directory/queries'
import { IconCheck, IconFilter, IconX } from '@/shared/ui/icons'
import { useInboxAddress } from '../useInboxAddress'
import classes from './ListPane.module.css'

export function FilterMenu() {
  const { t } = useTranslation('inbox')
  const { search, change } = useInboxAddress()
  const queues = useQueues()
  const isActive = Boolean(search.queue || search.unread)
  return (
    <Menu width={240} position="bottom-end">
      <Menu.Target>
        <ActionIcon size={32} aria-label={t('filters.open')} data-testid="filters">
          <Indicator disabled={!isActive} size={8} color="teal">
            <IconFilter size={18} aria-hidden />
          </Indicator>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
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
      </Menu.Dropdown>
    </Menu>
  )
}

export function FilterChips() {
  const { t } = useTranslation('inbox')
  const { search, change } = useInboxAddress()
  const queue = useQueues().find(({ id }) => id === search.queue)
  if (!queue && !search.unread) return null
  return (
    <div className={classes.chips}>
      {queue && <Chip label={queue.name} color={queue.color} onRemove={() => change({ queue: undefined })} />}
      {search.unread && <Chip label={t('filters.unread')} onRemove={() => change({ unread: undefined })} />}
    </div>
  )
}

function Chip({ label, color, onRemove }: { label: string; color?: string; onRemove: () => void }) {
  const { t } = useTranslation('inbox')
  return (
    <span className={classes.chip}>
      {color && <span className={classes.dot} style={{ background: color }} />}
      <span className="hd-ellipsis">{label}</span>
      <button
        type="button"
        className={classes.remove}
        aria-label={t('filters.remove', { name: label })}
        onClick={onRemove}
      >
        <IconX size={14} aria-hidden />
      </button>
    </span>
  )
}
