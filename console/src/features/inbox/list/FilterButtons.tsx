/** The order of the list and its filter: both open when they are needed, and are fetched then. */
import { ActionIcon, Indicator } from '@mantine/core'
import { Suspense, useState } from 'react'
import { useActions } from '@/shared/actions/registry'
import { useTranslation } from '@/shared/i18n/translate'
import { later } from '@/shared/lib/later'
import { Hint } from '@/shared/ui/Hint'
import { IconFilter, IconSort } from '@/shared/ui/icons'
import { LazyMenu } from '@/shared/ui/LazyMenu'
import { useListAddress } from '../useInboxAddress'

const SortItems = later(() => import('../finding/SortItems'), 'SortItems')
const FilterDrawer = later(() => import('../finding/FilterDrawer'), 'FilterDrawer')

export function SortButton() {
  const { t } = useTranslation('inbox')
  const { search } = useListAddress()
  return (
    <LazyMenu
      width={240}
      position="bottom-end"
      button={(onPress) => (
        <ActionIcon
          size={32}
          aria-haspopup="menu"
          aria-label={t('list.sort')}
          title={t('list.sort')}
          data-testid="sort"
          onClick={onPress}
        >
          <Indicator disabled={!search.sort} size={8} color="teal">
            <IconSort size={18} aria-hidden />
          </Indicator>
        </ActionIcon>
      )}
    >
      {() => <SortItems />}
    </LazyMenu>
  )
}

export function FilterButton() {
  const { t } = useTranslation('inbox')
  const { search } = useListAddress()
  const [isOpen, setOpen] = useState(false)
  useActions([
    {
      id: 'inbox.filter',
      label: t('filters.open'),
      group: t('title'),
      icon: IconFilter,
      shortcut: 'filter',
      perform: () => setOpen(true),
    },
  ])
  return (
    <>
      <Hint label={t('filters.open')}>
        <ActionIcon
          size={32}
          aria-haspopup="dialog"
          aria-label={t('filters.open')}
          data-testid="filters"
          onClick={() => setOpen(true)}
        >
          <Indicator disabled={!search.filter} size={8} color="teal">
            <IconFilter size={18} aria-hidden />
          </Indicator>
        </ActionIcon>
      </Hint>
      <Suspense>{isOpen && <FilterDrawer onClose={() => setOpen(false)} />}</Suspense>
    </>
  )
}
