/** The left pane: tabs with counts, search, filters and the list itself. */
import { ActionIcon } from '@mantine/core'
import { memo, Suspense, useState } from 'react'
import { useActions } from '@/shared/actions/registry'
import { useTranslation } from '@/shared/i18n/translate'
import { keyCaps } from '@/shared/lib/hotkeys'
import { later } from '@/shared/lib/later'
import { useCan } from '@/shared/session/store'
import { Hint } from '@/shared/ui/Hint'
import { IconMessage, IconPlus } from '@/shared/ui/icons'
import { toggled } from '../finding/filter'
import { useListAddress } from '../useInboxAddress'
import { ConnectionState } from './ConnectionState'
import { FilterButton, SortButton } from './FilterButtons'
import classes from './ListPane.module.css'
import { SearchField } from './SearchField'
import { Tabs } from './Tabs'
import { TicketList } from './TicketList'

const ViewStrip = later(() => import('../finding/ViewStrip'), 'ViewStrip')
const FilterChips = later(() => import('../finding/FilterChips'), 'FilterChips')
const NewTicketDialog = later(() => import('./NewTicketDialog'), 'NewTicketDialog')

const UNREAD = { key: 'unread', operator: 'is', value: true }

export const ListPane = memo(function ListPane({ isHidden }: { isHidden: boolean }) {
  const { t } = useTranslation('inbox')
  const { search, filter, change } = useListAddress()
  const mayWrite = useCan('tickets.write')
  const [isStarting, setStarting] = useState(false)
  const start = () => setStarting(true)
  const asked = mayWrite ? search.start : undefined
  useActions([
    {
      id: 'inbox.unread',
      label: t('actions.unreadOnly'),
      group: t('title'),
      shortcut: 'unreadOnly',
      perform: () => change({ filter: toggled(filter.filter, UNREAD) }),
    },
    ...(mayWrite
      ? [
          {
            id: 'inbox.new',
            label: t('new.title'),
            group: t('title'),
            icon: IconMessage,
            shortcut: 'newTicket' as const,
            perform: start,
          },
        ]
      : []),
  ])
  return (
    <section className={classes.pane} aria-label={t('list.name')} hidden={isHidden}>
      <header className={classes.header}>
        <h1 className={classes.title}>{t('title')}</h1>
        <ConnectionState />
        <span className={classes.space} />
        {mayWrite && (
          <Hint label={`${t('new.title')}  ${keyCaps('c').join(' ')}`}>
            <ActionIcon size={32} aria-label={t('new.title')} onClick={start}>
              <IconPlus size={19} aria-hidden />
            </ActionIcon>
          </Hint>
        )}
        <SortButton />
        <FilterButton />
      </header>
      <SearchField />
      <Tabs />
      <div className={classes.views}>
        <Suspense>
          <ViewStrip />
        </Suspense>
      </div>
      {filter.filter && (
        <Suspense>
          <FilterChips />
        </Suspense>
      )}
      <TicketList filter={filter} onNew={mayWrite ? start : undefined} />
      <Suspense>
        {(isStarting || asked !== undefined) && (
          <NewTicketDialog
            contact={asked}
            onClose={() => {
              setStarting(false)
              if (asked !== undefined) change({ start: undefined }, { replace: true })
            }}
          />
        )}
      </Suspense>
    </section>
  )
})
