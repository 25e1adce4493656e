/** Turns a failure into a sentence in the person's language. */
import { useCallback } from 'react'
import { isApiError } from '@/shared/api/errors'
import { useTranslation } from '@/shared/i18n/translate'

/**
 * `const errorText = useErrorText()`; known codes are translated, unknown ones show the server's own words.
 * `useErrorText('exams:errors.')` looks first among the words of those screens, which have to be loaded.
 */
export function useErrorText(own?: string): (error: unknown) => string {
  const { t, exists } = useTranslation('common')
  return useCallback(
    (error: unknown) => {
      if (!isApiError(error)) return t('errors.unexpected')
      // What only the screens of contacts can hear, or few acts, is not among the first texts.
      const places = [...(own ? [own] : []), 'errors.', 'contacts:errors.', 'acts:refusals.']
      const key = places.map((place) => place + error.code).find(exists)
      if (key) return t(key, { seconds: error.retryAfter ?? 60 })
      if (error.status >= 500) return t('errors.server_error')
      return error.detail || t('errors.unexpected')
    },
    [t, exists, own],
  )
}
