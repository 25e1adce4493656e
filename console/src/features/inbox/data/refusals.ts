/** Why the server said no, in the words of the inbox; other failures keep the common words. */
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { isApiError } from '@/shared/api/errors'
import { useErrorText } from '@/shared/i18n/errors'

export function useRefusalText(): (error: unknown) => string {
  const { t, i18n } = useTranslation('inbox')
  const errorText = useErrorText()
  return useCallback(
    (error: unknown) => {
      const key = isApiError(error) ? `refusals.${error.code}` : ''
      return key && i18n.exists(key, { ns: 'inbox' }) ? t(key) : errorText(error)
    },
    [t, i18n, errorText],
  )
}
