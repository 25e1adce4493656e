/** Each try to send a message, and what the provider answered. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LedgerAttempt } from '@/shared/api/types'
import { useConnections } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime } from '@/shared/lib/dates'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import { AttemptDrawer } from './AttemptDrawer'
import classes from './ledger.module.css'
import { More, Outcome } from './parts'
import { attemptsQuery } from './queries'
import type { LedgerSearch } from './search'
import { Unlisted } from './Unlisted'

export function AttemptList({ search }: { search: LedgerSearch }) {
  const { t } = useTranslation('ledger')
  const attempts = useInfiniteQuery(attemptsQuery(search))
  const [open, setOpen] = useState<LedgerAttempt | null>(null)
  const columns = useColumns()
  const rows = attempts.data?.pages.flatMap(({ results }) => results) ?? []
  if (rows.length === 0) return <Unlisted query={attempts} />
  return (
    <>
      <DataTable
        hasLabels
        caption={t('shows.attempts')}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        onOpen={setOpen}
        openLabel={({ message, number, started_at }) =>
          `${formatDateTime(started_at)} ${message.contact_name} ${t('attempt', { count: number })}`
        }
      />
      <More query={attempts} />
      {open && <AttemptDrawer attempt={open} onClose={() => setOpen(null)} />}
    </>
  )
}

function useColumns(): Column<LedgerAttempt>[] {
  const { t } = useTranslation('ledger')
  const names = new Map(useConnections().map(({ id, name }) => [id, name]))
  return [
    {
      key: 'at',
      header: t('started'),
      width: '224px',
      cell: ({ started_at }) => <time dateTime={started_at}>{formatDateTime(started_at)}</time>,
    },
    {
      key: 'outcome',
      header: t('outcome'),
      width: '150px',
      cell: ({ outcome, number }) => (
        <span className={classes.stack}>
          <Outcome show="attempts" outcome={outcome || 'open'} />
          {number > 1 && <span className={classes.small}>{t('attempt', { count: number })}</span>}
        </span>
      ),
    },
    {
      key: 'answer',
      header: t('answer'),
      cell: ({ code, detail, provider_id }) => (
        <span className={classes.why}>
          {[code, detail].filter(Boolean).join(' · ') || provider_id || '—'}
        </span>
      ),
    },
    {
      key: 'whose',
      header: t('whose'),
      width: '180px',
      cell: ({ message, connection }) => (
        <span className={classes.stack}>
          <span className="hd-ellipsis">{message.contact_name}</span>
          <span className={classes.small}>{names.get(connection) ?? '—'}</span>
        </span>
      ),
    },
  ]
}
