/** Refusals that only these screens can hear, in words; the others as everywhere. */
import { isApiError } from '@/shared/api/errors'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'

export function useAssistantError(): (error: unknown) => string {
  const { t, exists } = useTranslation('assistants')
  const errorText = useErrorText()
  return (error) => {
    const known = isApiError(error) && exists(`errors.${error.code}`)
    return known ? t(`errors.${error.code}`) : errorText(error)
  }
}
