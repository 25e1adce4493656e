/** The conversations with a contact, newest first, each a way into the inbox. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Contact } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatWhen } from '@/shared/lib/dates'
import { Failed, Loading } from '@/shared/ui/states'
import classes from './contacts.module.css'
import { contactTicketsQuery } from './queries'

export function ContactTickets({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts')
  const tickets = useQuery(contactTicketsQuery(contact.id))
  return (
    <section>
      <h3 className={classes.subtitle}>{t('tickets')}</h3>
      {tickets.isPending && <Loading rows={2} />}
      {tickets.isError && <Failed error={tickets.error} onRetry={() => void tickets.refetch()} />}
      {tickets.data?.length === 0 && <p className="hd-muted">{t('noTickets')}</p>}
      <ul className={classes.lines}>
        {tickets.data?.map((ticket) => (
          <li key={ticket.id}>
            <Link to="/inbox" search={{ ticket: ticket.id }} className={classes.ticket}>
              <span className={classes.ticketHead}>
                <strong>
                  #{ticket.number} · {t(`statuses.${ticket.status}`)}
                </strong>
                <time className="hd-muted hd-numbers" dateTime={ticket.last_message_at ?? ticket.created_at}>
                  {formatWhen(ticket.last_message_at ?? ticket.created_at)}
                </time>
              </span>
              <span className="hd-ellipsis hd-muted">
                {[ticket.queue?.name, ticket.last_message?.preview].filter(Boolean).join(' · ')}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
