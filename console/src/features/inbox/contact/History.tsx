/** What happened to the ticket, newest first. */

import type { TicketHistory } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime } from '@/shared/lib/dates'
import { useHistory } from '../data/contact'
import classes from './ContactPanel.module.css'
import { Times } from './Times'

export function History({ ticket }: { ticket: number }) {
  const { t } = useTranslation('inbox')
  const { data } = useHistory(ticket)
  if (!data || data.length === 0) return null
  const entries = [...data].sort((a, b) => b.at.localeCompare(a.at) || b.id - a.id)
  return (
    <section className={classes.section}>
      <h3 className={classes.title}>{t('history.title')}</h3>
      <Times ticket={ticket} />
      <ol className={classes.timeline}>
        {entries.map((entry) => (
          <li
            key={entry.id}
            className={classes.event}
            data-kind={entry.kind}
            data-undone={entry.data.undone === true || undefined}
          >
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
  const { t, exists } = useTranslation('inbox')
  const to =
    nameIn(data.agent) ||
    nameIn(data.queue) ||
    nameIn(data.to_agent) ||
    nameIn(data.to_queue) ||
    nameIn(data.user) ||
    nameIn(data.key) ||
    nameIn(data.who) ||
    nameIn(data.to)
  const note = typeof data.note === 'string' ? data.note : ''
  const known = exists(`history.${kind}`) ? kind : 'other'
  const values = {
    name: by?.name ?? t('history.system'),
    to,
    kind,
    score: `${data.score} / ${data.scale === 'csat' ? 5 : 10}`,
    number: numberIn(data.into) ?? numberIn(data.from),
    until: typeof data.until === 'string' ? formatDateTime(data.until) : t('contact.untilReply'),
    what:
      typeof data.what === 'string' && exists(`history.what.${data.what}`)
        ? t(`history.what.${data.what}`)
        : '',
    priority:
      typeof data.to === 'string' && exists(`priorities.${data.to}`) ? t(`priorities.${data.to}`) : '',
    target: typeof data.target === 'string' ? t(`sla.targets.${data.target}`) : '',
    tags: [...namesIn(data.added, '+'), ...namesIn(data.removed, '−')].join(' '),
  }
  const form =
    known === 'transferred' && to
      ? 'transferredTo'
      : known === 'merged' && data.into
        ? 'mergedInto'
        : known === 'woken' && data.reason === 'person'
          ? 'wokenBy'
          : known === 'rated' && typeof data.score === 'number'
            ? 'ratedWith'
            : known
  return (
    <span>
      {t(`history.${form}`, values)}
      {note && <q className={classes.eventNote}>{note}</q>}
    </span>
  )
}

function numberIn(value: unknown): number | undefined {
  return typeof value === 'object' && value !== null && 'number' in value ? Number(value.number) : undefined
}

function namesIn(value: unknown, sign: string): string[] {
  return Array.isArray(value) ? value.map((one) => sign + nameIn(one)) : []
}

function nameIn(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'object' && value !== null && 'name' in value) return String(value.name)
  return ''
}
