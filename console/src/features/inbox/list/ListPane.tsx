/** The left pane: tabs with counts, search, filters and the list itself. */
import { ActionIcon } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useActions } from '@/shared/actions/registry'
import { useTranslation } from '@/shared/i18n/translate'
import { keyCaps } from '@/shared/lib/hotkeys'
import { useCan } from '@/shared/session/store'
import { Hint } from '@/shared/ui/Hint'
import { IconMessage, IconPlus } from '@/shared/ui/icons'
import { useInboxAddress } from '../useInboxAddress'
import { ConnectionState } from './ConnectionState'
import { FilterChips, FilterMenu } from './FilterMenu'
import classes from './ListPane.module.css'
import { SearchField } from './SearchField'
import { Tabs } from './Tabs'
import { TicketList } from './TicketList'

const NewTicketDialog = lazy(() =>
  import('./NewTicketDialog').then((module) => ({ default: module.NewTicketDialog })),
)

export function ListPane({ isHidden }: { isHidden: boolean }) {
  const { t } = useTranslation('inbox')
  const { filter, change } = useInboxAddress()
  const mayWrite = useCan('tickets.write')
  const [isStarting, setStarting] = useState(false)
  const start = () => setStarting(true)
  useActions([
    {
      id: 'inbox.unread',
      label: t('actions.unreadOnly'),
      group: t('title'),
      shortcut: 'unreadOnly',
      perform: () => change({ unread: filter.unread ? undefined : true }),
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
        <FilterMenu />
      </header>
      <SearchField />
      <FilterChips />
      <Tabs />
      <TicketList filter={filter} onNew={mayWrite ? start : undefined} />
      <Suspense>{isStarting && <NewTicketDialog onClose={() => setStarting(false)} />}</Suspense>
    </section>
  )
}
