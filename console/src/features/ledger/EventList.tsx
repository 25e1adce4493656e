/** Each fact that a webhook brought, with what became of it and why. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LedgerEvent } from '@/shared/api/types'
import { useConnections } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime } from '@/shared/lib/dates'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import { EventDrawer } from './EventDrawer'
import classes from './ledger.module.css'
import { More, Outcome } from './parts'
import { eventsQuery } from './queries'
import type { LedgerSearch } from './search'
import { Unlisted } from './Unlisted'
import { useWhy } from './useWhy'

export function EventList({ search }: { search: LedgerSearch }) {
  const { t } = useTranslation('ledger')
  const events = useInfiniteQuery(eventsQuery(search))
  const [open, setOpen] = useState<LedgerEvent | null>(null)
  const columns = useColumns()
  const rows = events.data?.pages.flatMap(({ results }) => results) ?? []
  if (rows.length === 0) return <Unlisted query={events} />
  return (
    <>
      <DataTable
        hasLabels
        caption={t('shows.events')}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        onOpen={setOpen}
        openLabel={({ kind, received_at }) => `${t(`kinds.${kind}`)} ${formatDateTime(received_at)}`}
      />
      <More query={events} />
      {open && <EventDrawer event={open} onClose={() => setOpen(null)} />}
    </>
  )
}

function useColumns(): Column<LedgerEvent>[] {
  const { t } = useTranslation('ledger')
  const why = useWhy()
  const names = new Map(useConnections().map(({ id, name }) => [id, name]))
  return [
    {
      key: 'at',
      header: t('received'),
      width: '224px',
      cell: ({ received_at }) => <time dateTime={received_at}>{formatDateTime(received_at)}</time>,
    },
    { key: 'kind', header: t('kind'), width: '130px', cell: ({ kind }) => t(`kinds.${kind}`) },
    {
      key: 'outcome',
      header: t('outcome'),
      width: '150px',
      cell: ({ outcome, repeats }) => (
        <span className={classes.stack}>
          <Outcome show="events" outcome={outcome} />
          {repeats > 0 && <span className={classes.small}>{t('repeated', { count: repeats })}</span>}
        </span>
      ),
    },
    { key: 'why', header: t('why'), cell: (event) => <span className={classes.why}>{why(event)}</span> },
    {
      key: 'whose',
      header: t('whose'),
      width: '180px',
      cell: ({ message, connection }) => (
        <span className={classes.stack}>
          <span className="hd-ellipsis">{message ? message.contact_name : '—'}</span>
          <span className={classes.small}>
            {connection === null ? t('noConnection') : (names.get(connection) ?? '—')}
          </span>
        </span>
      ),
    },
  ]
}
