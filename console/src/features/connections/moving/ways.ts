/** The ways in which a number can be carried, and what each needs to know. */
import type { Connection } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useOffersPhones } from '../devices/queries'
import type { ConnectionValues } from '../queries'

export type Way = 'cloud_api' | 'qr' | 'gateway'

/** One form for all of them: a field means what its way calls it. */
export type WayValues = ConnectionValues & {
  kind: Way
  accepts_risk: boolean
  credentials: { session?: string }
}

/** Where this number could go. Empty for companies that only have the Cloud API. */
export function useOtherWays(connection: Connection): Way[] {
  const offersPhones = useOffersPhones()
  const ways: Way[] = offersPhones ? ['cloud_api', 'qr', 'gateway'] : ['cloud_api']
  return ways.filter((way) => way !== connection.kind)
}

/** What is missing for the chosen way. `kept`: the connection that has its secrets already. */
export function useWayErrors() {
  const { t } = useTranslation('connections')
  return ({ kind, credentials, accepts_risk }: WayValues, kept: Connection | null) => {
    const errors: Record<string, string> = {}
    const need = (name: 'api_root' | 'access_token' | 'app_secret', isKept = false) => {
      if (!credentials[name].trim() && !isKept) errors[`credentials.${name}`] = t('gateway.missing')
    }
    if (kind === 'cloud_api') {
      if (!credentials.phone_number_id.trim())
        errors['credentials.phone_number_id'] = t('phoneNumberIdMissing')
      return errors
    }
    if (kind === 'gateway') {
      need('api_root')
      need('access_token', kept?.credentials.has_access_token)
      need('app_secret', kept?.credentials.has_app_secret)
    }
    if (!accepts_risk) errors.accepts_risk = t('phone.riskMissing')
    return errors
  }
}
