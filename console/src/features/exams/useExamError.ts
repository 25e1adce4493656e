/** Refusals that only exams know, in words; the others as everywhere. */
import { isApiError } from '@/shared/api/errors'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'

export function useExamError(): (error: unknown) => string {
  const { t, exists } = useTranslation('exams')
  const errorText = useErrorText()
  return (error) => {
    const known = isApiError(error) && exists(`errors.${error.code}`)
    return known ? t(`errors.${error.code}`) : errorText(error)
  }
}
