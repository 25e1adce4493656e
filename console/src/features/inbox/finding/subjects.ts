/** What one can ask about, as a list to choose from: the server's conditions, and each own field by its name. */
import { useQuery } from '@tanstack/react-query'
import type { CustomField } from '@/shared/api/types'
import { fieldsQuery } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import type { Condition } from './filter'
import { filterSchemaQuery } from './views'

export interface Subject {
  /** `queue`, or `field:city` where the condition names a field. */
  id: string
  label: string
  group: 'conversation' | 'dates' | 'customer'
  operators: readonly { operator: string; takes: string }[]
  choices: readonly string[]
  field: CustomField | null
}

const DATES = ['created_at', 'last_message_at', 'closed_at']
/** What makes sense for each type of field. */
const OF_TYPE: Partial<Record<CustomField['type'], readonly string[]>> = {
  text: ['contains', 'is', 'is_empty'],
  number: ['is', 'above', 'below', 'is_empty'],
  choice: ['is', 'is_empty'],
  multi: ['is', 'is_empty'],
  boolean: ['is', 'is_empty'],
}
const NONE: Subject[] = []

export function useSubjects(): Subject[] {
  const { t } = useTranslation('finding')
  const schema = useQuery(filterSchemaQuery).data
  const fields = useQuery(fieldsQuery).data ?? []
  if (!schema) return NONE
  return schema.conditions.flatMap(({ key, operators, choices, has_field }): Subject[] => {
    const group = DATES.includes(key) ? 'dates' : key.startsWith('contact_') ? 'customer' : 'conversation'
    if (!has_field) return [{ id: key, label: t(`keys.${key}`), group, operators, choices, field: null }]
    const on = key === 'field' ? 'ticket' : 'contact'
    return fields
      .filter((field) => field.on === on)
      .map((field) => ({
        id: `${key}:${field.key}`,
        label: field.label,
        group,
        operators: operators.filter(({ operator }) =>
          (OF_TYPE[field.type] ?? ['is', 'is_empty']).includes(operator),
        ),
        choices: field.choices,
        field,
      }))
  })
}

export function subjectOf({ key, field }: Condition): string {
  return field === undefined ? key : `${key}:${field}`
}

/** A condition about it that still lacks its value. Yes-or-no questions have one from the start. */
export function conditionOn(
  { id, operators }: Subject,
  operator = operators[0]?.operator ?? 'is',
): Condition {
  const [key = '', field] = id.split(':')
  const takes = operators.find((one) => one.operator === operator)?.takes
  const value = takes === 'boolean' ? true : STARTS[takes ?? '']
  return { key, operator, value, ...(field !== undefined && { field }) }
}

const STARTS: Record<string, number> = { days: 7, hours: 2, minutes: 30 }
