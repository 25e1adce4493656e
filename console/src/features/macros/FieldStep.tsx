/** Which of the company's own fields a macro fills in, and with what. */
import { MultiSelect, NativeSelect, Switch, TextInput } from '@mantine/core'
import type { CustomField } from '@/shared/api/types'
import { useFields } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import classes from './macros.module.css'
import type { StepFormProps } from './StepForm'

const INPUTS: Partial<Record<CustomField['type'], string>> = { number: 'number', date: 'date', url: 'url' }

export function FieldStep({ step, onChange }: StepFormProps) {
  const { t } = useTranslation('macros')
  const fields = useFields('ticket')
  const field = fields.find(({ key }) => key === step.key)
  return (
    <div className={classes.fields}>
      <NativeSelect
        label={t('field')}
        value={step.key ?? ''}
        data={[{ value: '', label: t('choose') }, ...fields.map(({ key, label }) => ({ value: key, label }))]}
        onChange={(event) => {
          const key = event.currentTarget.value
          onChange({ key, value: firstValue(fields.find((one) => one.key === key)) })
        }}
      />
      {field && <Value field={field} value={step.value} onChange={(value) => onChange({ value })} />}
    </div>
  )
}

interface ValueProps {
  field: CustomField
  value: unknown
  onChange: (value: unknown) => void
}

function Value({ field: { type, choices }, value, onChange }: ValueProps) {
  const { t } = useTranslation('macros')
  const label = t('value')
  if (type === 'boolean') {
    return (
      <Switch
        label={label}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    )
  }
  if (type === 'multi') {
    const chosen = Array.isArray(value) ? value.map(String) : []
    return (
      <MultiSelect
        label={label}
        data={choices}
        value={chosen}
        onChange={onChange}
        comboboxProps={{ withinPortal: true, zIndex: 400 }}
      />
    )
  }
  if (type === 'choice') {
    return (
      <NativeSelect
        label={label}
        data={choices}
        value={String(value ?? '')}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  }
  return (
    <TextInput
      label={label}
      type={INPUTS[type] ?? 'text'}
      value={String(value ?? '')}
      onChange={(event) => {
        const { value: text } = event.currentTarget
        onChange(type === 'number' ? (text === '' ? null : Number(text)) : text)
      }}
    />
  )
}

/** What stands there before anybody chose. */
function firstValue(field: CustomField | undefined): unknown {
  if (field?.type === 'boolean') return true
  if (field?.type === 'multi') return []
  return field?.type === 'choice' ? (field.choices[0] ?? '') : ''
}
