/** What this month took, and how near the end of the budget is. */
import { useTranslation } from '@/shared/i18n/translate'
import { formatMoney } from '@/shared/lib/money'
import classes from './ai.module.css'
import type { Provider } from './queries'

export function Budget({ provider }: { provider: Provider }) {
  const { t } = useTranslation('ai')
  const { spent, monthly_budget: budget, currency, budget_state: state, price_needed: unpriced } = provider
  const amount = formatMoney(spent, currency)
  if (budget === null) return <span className={classes.figure}>{amount}</span>
  const share = Number(budget) > 0 ? Math.min(100, (Number(spent) / Number(budget)) * 100) : 100
  const words = t('spentOf', { spent: amount, budget: formatMoney(budget, currency) })
  return (
    <span className={classes.budget}>
      <span className={classes.figure}>{words}</span>
      <span className={classes.bar} data-state={state} aria-hidden>
        <span style={{ width: `${share}%` }} />
      </span>
      {state !== 'ok' && <small>{t(`budgetStates.${state}`)}</small>}
      {unpriced.length > 0 && <small>{t('priceNeeded', { models: unpriced.join(', ') })}</small>}
    </span>
  )
}
