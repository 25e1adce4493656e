/** The last words of a conversation, to be sure that it is the right one. */
import { useQuery } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import type { Ticket } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatWhen } from '@/shared/lib/dates'
import { previewText } from '../list/preview'
import { nameOf } from '../list/TicketRow'
import classes from './acts.module.css'

const SHOWN = 4

export function LatestMessages({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation(['inbox', 'acts'])
  const { data } = useQuery({
    queryKey: ['tickets', 'latest', ticket.id],
    queryFn: () =>
      call(
        api.GET('/api/tickets/{id}/messages/', {
          params: { path: { id: ticket.id }, query: { limit: SHOWN } },
        }),
      ),
  })
  if (!data) return null
  return (
    <section className={classes.latest} aria-label={t('acts:merge.latest', { number: ticket.number })}>
      <h3 className={classes.latestTitle}>{t('acts:merge.latest', { number: ticket.number })}</h3>
      <ul className={classes.lines}>
        {data.results.toReversed().map(({ id, direction, author, kind, body, removed_at, at }) => (
          <li key={id} className={classes.line}>
            <strong>{direction === 'in' ? nameOf(ticket.contact) : (author?.name ?? '')}</strong>
            <span className="hd-ellipsis">
              {previewText({ kind, preview: body, is_removed: removed_at !== null }, t)}
            </span>
            <time className={classes.hint} dateTime={at}>
              {formatWhen(at)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  )
}
