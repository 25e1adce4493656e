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
  const paths = Object.entries(error.fields).flatMap(([field, messages]) => {
    const path = pathOf(values, field)
    if (path) form.setFieldError(path, messages.join(' '))
    return path ?? []
  })
  if (paths[0]) form.getInputNode(paths[0])?.focus()
  return paths.length > 0
}

/** Where the form keeps the field: as named, or in one of its groups (`app_id` is `credentials.app_id`). */
function pathOf(values: Record<string, unknown>, field: string): string | undefined {
  const groups = Object.keys(values).map((group) => `${group}.${field}`)
  return [field, ...groups].find((path) => hasField(values, path))
}

function hasField(values: Record<string, unknown>, path: string): boolean {
  let current: unknown = values
  for (const part of path.split('.')) {
    if (typeof current !== 'object' || current === null || !(part in current)) return false
    current = (current as Record<string, unknown>)[part]
  }
  return true
}
