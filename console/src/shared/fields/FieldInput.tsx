/** One of the company's own fields, drawn after its type. */
import { Checkbox, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core'
import type { CustomField } from '@/shared/api/types'

interface FieldInputProps {
  field: CustomField
  value: unknown
  isRequired?: boolean
  isReadOnly?: boolean
  error?: string | undefined
  onChange: (value: unknown) => void
  onBlur?: () => void
}

export function FieldInput({
  field,
  value,
  isRequired,
  isReadOnly,
  error,
  onChange,
  onBlur,
}: FieldInputProps) {
  const shared = {
    label: field.label,
    description: field.help || undefined,
    withAsterisk: isRequired,
    readOnly: isReadOnly,
    error,
    onBlur,
  }
  switch (field.type) {
    case 'number':
      return (
        <NumberInput
          {...shared}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => onChange(next === '' ? null : Number(next))}
        />
      )
    case 'choice':
      return (
        <Select
          {...shared}
          clearable={!isRequired}
          data={field.choices}
          value={typeof value === 'string' ? value : null}
          onChange={onChange}
        />
      )
    case 'multi':
      return <MultiSelect {...shared} data={field.choices} value={listOf(value)} onChange={onChange} />
    case 'boolean':
      return (
        <Checkbox
          label={field.label}
          description={field.help || undefined}
          error={error}
          disabled={isReadOnly}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )
    default:
      return (
        <TextInput
          {...shared}
          type={field.type === 'date' ? 'date' : field.type === 'url' ? 'url' : 'text'}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      )
  }
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
