/** Scheduled messages as rows: when, to whom, what, and how it goes. */
import type { ScheduledMessage } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime } from '@/shared/lib/dates'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import { IconFailed, IconRefresh } from '@/shared/ui/icons'
import { useRecipients } from './Recipients'
import classes from './schedules.module.css'

interface ScheduleTableProps {
  rows: readonly ScheduledMessage[]
  onOpen: (row: ScheduledMessage) => void
}

export function ScheduleTable({ rows, onOpen }: ScheduleTableProps) {
  const { t } = useTranslation('schedules')
  const columns: Column<ScheduledMessage>[] = [
    { key: 'when', header: t('when'), width: '230px', cell: (row) => <When row={row} /> },
    { key: 'to', header: t('to'), width: '22%', cell: (row) => <To row={row} /> },
    {
      key: 'body',
      header: t('message'),
      cell: ({ body, template }) => (
        <span className={classes.says}>{body || template?.name || t('onlyFiles')}</span>
      ),
    },
    { key: 'state', header: t('state'), width: '200px', cell: (row) => <State row={row} /> },
  ]
  return (
    <DataTable
      caption={t('title')}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      onOpen={onOpen}
      openLabel={({ at, body }) => `${formatDateTime(at)} ${body.slice(0, 60)}`}
    />
  )
}

function When({ row: { next_at, at, repeat } }: { row: ScheduledMessage }) {
  const { t } = useTranslation('schedules')
  return (
    <span className={classes.stack}>
      <time dateTime={next_at ?? at}>{formatDateTime(next_at ?? at)}</time>
      {repeat && (
        <span className={classes.small}>
          <IconRefresh size={13} aria-hidden /> {t(`repeat.${repeat.unit}`)}
        </span>
      )}
    </span>
  )
}

function To({ row }: { row: ScheduledMessage }) {
  const { t } = useTranslation('schedules')
  const [first = '', ...others] = useRecipients(row)
  return (
    <span className="hd-ellipsis">
      {first}
      {others.length > 0 && ` ${t('andMore', { count: others.length })}`}
    </span>
  )
}

function State({ row }: { row: ScheduledMessage }) {
  const { t } = useTranslation('schedules')
  const { state, ended_because, sent_count, failed_count } = row
  return (
    <span className={classes.stack}>
      <span>
        {state === 'cancelled' && ended_because ? t(`endings.${ended_because}`) : t(`states.${state}`)}
      </span>
      {sent_count > 0 && <span className={classes.small}>{t('sentCount', { count: sent_count })}</span>}
      {failed_count > 0 && (
        <span className={classes.failed}>
          <IconFailed size={14} aria-hidden /> {t('failedCount', { count: failed_count })}
        </span>
      )}
    </span>
  )
}
