/** The value of a condition, drawn after the kind that its operator takes. */
import { MultiSelect, NumberInput, Select, TextInput } from '@mantine/core'
import type { CustomField } from '@/shared/api/types'
import { useConnections, useQueues, useTags, useUsers } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { dayOf, timeZone } from '@/shared/lib/dates'

interface ValueInputProps {
  takes: string
  field?: CustomField | undefined
  value: unknown
  label: string
  onChange: (value: unknown) => void
}

export function ValueInput({ takes, field, value, label, onChange }: ValueInputProps) {
  if (['tags', 'people', 'queues', 'connections'].includes(takes))
    return <Rows takes={takes} value={value} label={label} onChange={onChange} />
  if (takes === 'moment') return <Day value={value} label={label} onChange={onChange} />
  if (takes === 'days' || takes === 'number' || (takes === 'any' && field?.type === 'number'))
    return (
      <NumberInput
        aria-label={label}
        min={takes === 'days' ? 1 : undefined}
        max={takes === 'days' ? 3650 : undefined}
        value={typeof value === 'number' ? value : ''}
        onChange={(next) => onChange(next === '' ? undefined : Number(next))}
      />
    )
  if (takes === 'any' && field && field.choices.length > 0)
    return (
      <Select
        aria-label={label}
        data={field.choices}
        value={typeof value === 'string' ? value : null}
        onChange={onChange}
      />
    )
  return (
    <TextInput
      aria-label={label}
      type={field?.type === 'date' ? 'date' : 'text'}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

function Rows({ takes, value, label, onChange }: Omit<ValueInputProps, 'field'>) {
  const { t } = useTranslation('contacts')
  const tags = useTags()
  const users = useUsers()
  const queues = useQueues()
  const connections = useConnections()
  const rows = { tags, people: users.filter(({ is_active }) => is_active), queues, connections }[takes] ?? []
  const words = takes === 'people' ? ['me', 'none'] : takes === 'tags' ? [] : ['none']
  const data = [
    ...words.map((word) => ({ value: word, label: t(`filter.${word}`) })),
    ...rows.map(({ id, name }) => ({ value: String(id), label: name })),
  ]
  const chosen = Array.isArray(value) ? value.map(String) : []
  return (
    <MultiSelect
      aria-label={label}
      searchable
      data={data}
      value={chosen}
      placeholder={chosen.length === 0 ? t('filter.choose') : undefined}
      onChange={(next) => onChange(next.map((one) => (words.includes(one) ? one : Number(one))))}
    />
  )
}

/** A day of the company's calendar, sent as the moment when it begins. */
function Day({ value, label, onChange }: Omit<ValueInputProps, 'takes' | 'field'>) {
  return (
    <TextInput
      type="date"
      aria-label={label}
      value={typeof value === 'string' && value ? dayOf(value) : ''}
      onChange={({ currentTarget }) =>
        onChange(currentTarget.value ? startOf(currentTarget.value) : undefined)
      }
    />
  )
}

function startOf(day: string): string {
  const utc = Date.parse(`${day}T00:00Z`)
  const there = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: timeZone(),
  }).format(utc)
  return new Date(2 * utc - Date.parse(`${there.replace(' ', 'T')}Z`)).toISOString()
}
