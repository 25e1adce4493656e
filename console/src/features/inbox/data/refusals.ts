/** Why the server said no, in the words of the inbox; other failures keep the common words. */
import { useCallback } from 'react'
import { isApiError } from '@/shared/api/errors'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'

export function useRefusalText(): (error: unknown) => string {
  const { t, exists } = useTranslation('inbox')
  const errorText = useErrorText()
  return useCallback(
    (error: unknown) => {
      const key = isApiError(error) ? `refusals.${error.code}` : ''
      return key && exists(key) ? t(key) : errorText(error)
    },
    [t, exists, errorText],
  )
}
