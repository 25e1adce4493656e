/** Amounts of money in the person's language; a message costs fractions of a cent. */
import { currentLanguage } from '@/shared/i18n'

export function formatMoney(amount: string | number, currency: string): string {
  const format = { style: 'currency', currency, maximumFractionDigits: 4 } as const
  return new Intl.NumberFormat(currentLanguage(), format).format(Number(amount))
}
