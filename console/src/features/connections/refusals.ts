/** What the server says against a connection, in the person's language. */
import type { UseFormReturnType } from '@mantine/form'
import { ApiError, isApiError } from '@/shared/api/errors'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'

/** For the form as a whole. */
export const useRefusal = () => useErrorText('connections:refusals.')

/** Beside each field that the server names; false when it named none that the form has. */
export function useFieldErrors() {
  const { t, exists } = useTranslation('connections')
  const said = (code: string) => (exists(`connections:fieldErrors.${code}`) ? t(`fieldErrors.${code}`) : code)
  return <Values extends Record<string, unknown>>(
    form: UseFormReturnType<Values>,
    error: unknown,
  ): boolean => {
    if (!isApiError(error)) return false
    const fields = Object.entries(error.fields).map(([field, codes]) => [field, codes.map(said)])
    const { code, detail, problems } = error
    return showFieldErrors(
      form,
      new ApiError(error.status, { code, detail, problems, fields: Object.fromEntries(fields) }),
    )
  }
}
