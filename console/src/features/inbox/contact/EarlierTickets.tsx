/** Other conversations with the same contact. */

import type { Ticket } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatWhen } from '@/shared/lib/dates'
import { useEarlierTickets } from '../data/contact'
import { previewOf } from '../list/preview'
import { useInboxAddress } from '../useInboxAddress'
import classes from './ContactPanel.module.css'

export function EarlierTickets({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('inbox')
  const { openTicket } = useInboxAddress()
  const { data } = useEarlierTickets(ticket.contact.id)
  const others = data?.filter(({ id }) => id !== ticket.id) ?? []
  if (!data) return null
  return (
    <section className={classes.section}>
      <h3 className={classes.title}>{t('contact.earlier')}</h3>
      {others.length === 0 && <p className={classes.empty}>{t('contact.noEarlier')}</p>}
      <ul className={classes.earlier}>
        {others.map((other) => (
          <li key={other.id}>
            <button type="button" className={classes.ticket} onClick={() => openTicket(other.id)}>
              <span className={classes.ticketHead}>
                <strong>#{other.number}</strong>
                <span className="hd-ellipsis">
                  {[t(`status.${other.status}`), other.queue?.name].filter(Boolean).join(' · ')}
                </span>
                <time dateTime={other.last_message_at ?? other.created_at}>
                  {formatWhen(other.last_message_at ?? other.created_at)}
                </time>
              </span>
              <span className={`${classes.ticketText} hd-ellipsis`}>{previewOf(other, t)?.text ?? ''}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
