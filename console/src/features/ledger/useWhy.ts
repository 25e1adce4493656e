/** Why a fact was handled so, as one sentence. */
import type { LedgerEvent } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime } from '@/shared/lib/dates'

export function useWhy(): (event: LedgerEvent) => string {
  const { t } = useTranslation('ledger')
  return ({ reason, tries, retry_at, message }) =>
    t(`reasons.${reason}`, {
      number: message?.ticket_number ?? '',
      count: tries,
      when: retry_at ? formatDateTime(retry_at) : '',
    })
}
