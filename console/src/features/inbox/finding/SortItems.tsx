/** The orders to choose from. */
import { Menu } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { IconCheck } from '@/shared/ui/icons'
import { useListAddress } from '../useInboxAddress'
import { SORTS } from './order'

export function SortItems() {
  const { t } = useTranslation('finding')
  const { search, change } = useListAddress()
  const current = search.sort ?? 'newest'
  return (
    <>
      <Menu.Label>{t('sort')}</Menu.Label>
      {SORTS.map((sort) => (
        <Menu.Item
          key={sort}
          aria-current={sort === current || undefined}
          rightSection={sort === current && <IconCheck size={16} aria-hidden />}
          onClick={() => change({ sort: sort === 'newest' ? undefined : sort })}
          data-testid={`sort-${sort}`}
        >
          {t(`sorts.${sort}`)}
        </Menu.Item>
      ))}
    </>
  )
}
