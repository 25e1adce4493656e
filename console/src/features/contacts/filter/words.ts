/** Filters in words: "Tag has any of VIP, New". */
import { useCallback } from 'react'
import type { CustomField } from '@/shared/api/types'
import { useConnections, useFields, useQueues, useTags, useUsers } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDate } from '@/shared/lib/dates'
import type { Condition } from './filter'

/** What a condition is about: its own name, or that of the company's field. */
export function useSubject(): (condition: Pick<Condition, 'key' | 'field'>) => string {
  const { t } = useTranslation('contacts')
  const fields = useFields('contact')
  return useCallback(
    ({ key, field }) =>
      field ? (fields.find((one) => one.key === field)?.label ?? field) : t(`filter.keys.${key}`),
    [t, fields],
  )
}

/** The verb; `value` fills its gap. Yes and no are verbs of their own. */
export function useVerb(): (operator: string, value: string) => string {
  const { t } = useTranslation('contacts')
  return useCallback((operator, value) => t(`filter.operators.${operator}`, { value }), [t])
}

export function useInWords(): (condition: Condition) => string {
  const subject = useSubject()
  const verb = useVerb()
  const nameOf = useNames()
  return useCallback(
    (condition) => {
      const { operator, value } = condition
      const said = typeof value === 'boolean' ? `${operator}_${value ? 'yes' : 'no'}` : operator
      return `${subject(condition)} ${verb(said, nameOf(condition))}`
    },
    [subject, verb, nameOf],
  )
}

/** What the ids of a condition stand for. */
function useNames(): (condition: Condition) => string {
  const { t } = useTranslation('contacts')
  const tags = useTags()
  const users = useUsers()
  const queues = useQueues()
  const connections = useConnections()
  return useCallback(
    ({ key, operator, value }) => {
      const rows = { tag: tags, owner: users, queue: queues, connection: connections }[key] ?? []
      const one = (item: unknown) => {
        if (item === 'none' || item === 'me') return t(`filter.${item}`)
        const row = rows.find(({ id }) => id === item)
        return row?.name ?? (typeof item === 'number' && rows.length > 0 ? t('filter.gone') : String(item))
      }
      if (operator === 'after' || operator === 'before') return formatDate(String(value))
      return Array.isArray(value) ? value.map(one).join(', ') : String(value)
    },
    [t, tags, users, queues, connections],
  )
}

/** The questions that make sense for a field of this type. */
export function operatorsFor(field: CustomField): readonly string[] {
  if (field.type === 'number') return ['is', 'above', 'below', 'is_empty']
  if (field.type === 'text' || field.type === 'url') return ['contains', 'is', 'is_empty']
  return ['is', 'is_empty']
}
