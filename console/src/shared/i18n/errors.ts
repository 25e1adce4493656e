/** Turns a failure into a sentence in the person's language. */
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { isApiError } from '@/shared/api/errors'

/** `const errorText = useErrorText()`; known codes are translated, unknown ones show the server's own words. */
export function useErrorText(): (error: unknown) => string {
  const { t, i18n } = useTranslation('common')
  return useCallback(
    (error: unknown) => {
      if (!isApiError(error)) return t('errors.unexpected')
      const key = `errors.${error.code}`
      if (i18n.exists(key, { ns: 'common' }))
        return t(key as 'errors.offline', { seconds: error.retryAfter ?? 60 })
      if (error.status >= 500) return t('errors.server_error')
      return error.detail || t('errors.unexpected')
    },
    [t, i18n],
  )
}
