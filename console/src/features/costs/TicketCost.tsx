/** On the panel of a conversation: what its messages cost so far. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '@/shared/i18n/translate'
import { formatMoney } from '@/shared/lib/money'
import classes from './costs.module.css'
import { ticketCostQuery } from './queries'

export function TicketCost({ ticket }: { ticket: number }) {
  const { t } = useTranslation('costs')
  const { data } = useQuery(ticketCostQuery(ticket))
  if (!data || data.totals.length === 0) return null
  const amount = data.totals.reduce((sum, total) => sum + Number(total.amount), 0)
  const unpriced = data.totals.reduce((sum, total) => sum + total.unpriced, 0)
  const messages = data.totals.reduce((sum, total) => sum + total.messages, 0)
  return (
    <div className={classes.fact}>
      <dt>{t('ofTicket')}</dt>
      <dd data-testid="ticket-cost">
        {formatMoney(amount, data.currency)} · {t('count', { count: messages })}
        {unpriced > 0 && ` · ${t('unpriced', { count: unpriced })}`}
      </dd>
    </div>
  )
}
