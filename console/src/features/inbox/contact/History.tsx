/** What happened to the ticket, newest first. */

import type { TicketHistory } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime } from '@/shared/lib/dates'
import { useHistory } from '../data/contact'
import classes from './ContactPanel.module.css'

const KINDS = ['created', 'accepted', 'transferred', 'closed', 'reopened', 'returned']

export function History({ ticket }: { ticket: number }) {
  const { t } = useTranslation('inbox')
  const { data } = useHistory(ticket)
  if (!data || data.length === 0) return null
  const entries = [...data].sort((a, b) => b.at.localeCompare(a.at) || b.id - a.id)
  return (
    <section className={classes.section}>
      <h3 className={classes.title}>{t('history.title')}</h3>
      <ol className={classes.timeline}>
        {entries.map((entry) => (
          <li key={entry.id} className={classes.event} data-kind={entry.kind}>
            <Sentence entry={entry} />
            <time className={classes.eventTime} dateTime={entry.at}>
              {formatDateTime(entry.at)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Sentence({ entry: { kind, by, data } }: { entry: TicketHistory }) {
  const { t } = useTranslation('inbox')
  const to =
    nameIn(data.agent) ||
    nameIn(data.queue) ||
    nameIn(data.to_agent) ||
    nameIn(data.to_queue) ||
    nameIn(data.to)
  const note = typeof data.note === 'string' ? data.note : ''
  const known = KINDS.includes(kind) ? kind : 'other'
  return (
    <span>
      {t(`history.${known}${known === 'transferred' && to ? 'To' : ''}`, {
        name: by?.name ?? t('history.system'),
        to,
        kind,
      })}
      {note && <q className={classes.eventNote}>{note}</q>}
    </span>
  )
}

function nameIn(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'object' && value !== null && 'name' in value) return String(value.name)
  return ''
}
