/** Above the message field: what is promised to this customer, and the way to change or stop it. */
import { ActionIcon } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ScheduledMessage, Ticket } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime } from '@/shared/lib/dates'
import { IconCalendarClock, IconChevronDown, IconEdit, IconX } from '@/shared/ui/icons'
import { toast } from '@/shared/ui/toast'
import { promisedQuery, useScheduleSteps } from './queries'
import { ScheduleDrawer } from './ScheduleDrawer'
import classes from './schedules.module.css'

export function Promised({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('schedules')
  const { data = [] } = useQuery(promisedQuery(ticket.contact.id))
  const [isOpen, setOpen] = useState(false)
  const [edited, setEdited] = useState<ScheduledMessage | null>(null)
  const rows = [...data].sort((a, b) => (a.next_at ?? '9').localeCompare(b.next_at ?? '9'))
  const [next] = rows
  if (!next) return null
  return (
    <section className={classes.promised} aria-label={t('promises')} data-testid="promised">
      <button
        type="button"
        className={classes.promise}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <IconCalendarClock size={16} aria-hidden />
        <span className="hd-ellipsis">
          {t('promisedCount', { count: rows.length })}
          {next.next_at && ` · ${formatDateTime(next.next_at)}`}
        </span>
        <IconChevronDown size={16} aria-hidden className={classes.arrow} />
      </button>
      {isOpen && (
        <ul className={classes.promises}>
          {rows.map((row) => (
            <Line key={row.id} row={row} onEdit={() => setEdited(row)} />
          ))}
        </ul>
      )}
      {edited && (
        <ScheduleDrawer row={edited} closesAt={ticket.window_expires_at} onClose={() => setEdited(null)} />
      )}
    </section>
  )
}

function Line({ row, onEdit }: { row: ScheduledMessage; onEdit: () => void }) {
  const { t } = useTranslation('schedules')
  const errorText = useErrorText()
  const steps = useScheduleSteps()
  const when = row.next_at ? formatDateTime(row.next_at) : ''
  return (
    <li className={classes.line}>
      <span className={classes.lineWhen}>
        {row.state === 'paused' ? t('states.paused') : when}
        {row.repeat && ` · ${t(`repeat.${row.repeat.unit}`)}`}
      </span>
      <span className={`${classes.lineText} hd-ellipsis`}>
        {row.body || row.template?.name || t('onlyFiles')}
      </span>
      <ActionIcon size={28} aria-label={t('edit')} title={t('edit')} onClick={onEdit}>
        <IconEdit size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        size={28}
        aria-label={t('cancel')}
        title={t('cancel')}
        loading={steps.isPending}
        onClick={() =>
          steps.mutate(
            { id: row.id, step: 'cancel' },
            { onError: (error) => void toast({ message: errorText(error), tone: 'danger' }) },
          )
        }
      >
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </li>
  )
}
