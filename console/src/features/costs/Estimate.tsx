/** Before something is sent: what one message to this customer costs, by the company's price list. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '@/shared/i18n/translate'
import { formatMoney } from '@/shared/lib/money'
import { estimateQuery } from './queries'

const SHOWN = ['marketing', 'utility', 'authentication']

interface EstimateProps {
  ticket: number
  /** Of the template that was chosen; without one, those that a template may have. */
  category?: string | undefined
}

export function Estimate({ ticket, category: chosen }: EstimateProps) {
  const { t } = useTranslation('costs')
  const { data } = useQuery(estimateQuery(ticket))
  if (!data) return null
  const known = data.prices.filter(
    ({ category, amount }) => amount !== null && (chosen ? category === chosen : SHOWN.includes(category)),
  )
  const prices = known.map(
    ({ category, amount }) => `${t(`categories.${category}`)} ${formatMoney(amount ?? 0, data.currency)}`,
  )
  return (
    <p className="hd-muted" style={{ margin: '12px 0 0' }} data-testid="estimate">
      {t('estimate')}: {prices.length > 0 ? prices.join(' · ') : t('noEstimate')}
    </p>
  )
}
