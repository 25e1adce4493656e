/** Between the API's field errors and forms. */
import type { UseFormReturnType } from '@mantine/form'
import { isApiError } from '@/shared/api/errors'

/** Shows what the server said beside each field it names; false when it named none that the form has. */
export function showFieldErrors<Values extends Record<string, unknown>>(
  form: UseFormReturnType<Values>,
  error: unknown,
): boolean {
  if (!isApiError(error)) return false
  const values = form.getValues()
  const known = Object.entries(error.fields).filter(([field]) => hasField(values, field))
  for (const [field, messages] of known) form.setFieldError(field, messages.join(' '))
  const first = known[0]?.[0]
  if (first) form.getInputNode(first)?.focus()
  return known.length > 0
}

function hasField(values: Record<string, unknown>, path: string): boolean {
  let current: unknown = values
  for (const part of path.split('.')) {
    if (typeof current !== 'object' || current === null || !(part in current)) return false
    current = (current as Record<string, unknown>)[part]
  }
  return true
}
