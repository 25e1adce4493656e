/** Between the API's field errors and forms. */
import type { UseFormReturnType } from '@mantine/form'
import { isApiError, type Problem } from '@/shared/api/errors'
import { sayNow } from '@/shared/i18n/translate'

/** Shows what the server said beside each field it names; false when it named none that the form has. */
export function showFieldErrors<Values extends Record<string, unknown>>(
  form: UseFormReturnType<Values>,
  error: unknown,
): boolean {
  if (!isApiError(error)) return false
  const values = form.getValues()
  const paths = Object.entries(error.fields).flatMap(([field, messages]) => {
    const path = pathOf(values, field)
    const said = messages.map((message, place) => wordsOf(error.problems[field]?.[place]) ?? message)
    if (path) form.setFieldError(path, said.join(' '))
    return path ?? []
  })
  if (paths[0]) form.getInputNode(paths[0])?.focus()
  return paths.length > 0
}

/** In the person's language; nothing where only the server has words for it. */
function wordsOf(problem: Problem | undefined): string | undefined {
  return problem && (sayNow(`common:problems.${problem.code}`, { ...problem, defaultValue: '' }) || undefined)
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
