/** Why something did not work, and what to do, in words for an administrator. */
import { useCallback } from 'react'
import { isApiError } from '@/shared/api/errors'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'

/** `const why = useReason()`; a code that these screens know, or what any screen would say. */
export function useReason(): (error: unknown) => string {
  const { t, exists } = useTranslation('connections')
  const errorText = useErrorText()
  return useCallback(
    (error: unknown) => {
      if (isApiError(error) && exists(`reasons.${error.code}`)) return t(`reasons.${error.code}`)
      return errorText(error)
    },
    [t, exists, errorText],
  )
}
