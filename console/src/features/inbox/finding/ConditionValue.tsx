/** The value of a condition, asked for in the way that fits its kind. */
import { MultiSelect, NumberInput, Select, TextInput } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import type { Condition } from './filter'
import classes from './finding.module.css'
import { chosenValue, useChoices } from './names'
import type { Subject } from './subjects'

const LISTS = ['choices', 'queues', 'people', 'connections', 'tags']
const COUNTS: Record<string, number> = { days: 3650, hours: 24, minutes: 525_600 }

interface ConditionValueProps {
  label: string
  condition: Condition
  takes: string
  subject: Subject | undefined
  onChange: (value: unknown) => void
}

export function ConditionValue({ label, condition, takes, subject, onChange }: ConditionValueProps) {
  const { t } = useTranslation('finding')
  const choicesOf = useChoices()
  const { value } = condition
  const shared = { className: classes.value, 'aria-label': t('value', { name: label }) }
  const type = subject?.field?.type
  if (takes === 'boolean' || (takes === 'any' && type === 'boolean'))
    return (
      <Select
        {...shared}
        data={[
          { value: 'yes', label: t('yes') },
          { value: 'no', label: t('no') },
        ]}
        value={value === undefined ? null : value ? 'yes' : 'no'}
        allowDeselect={false}
        onChange={(chosen) => onChange(chosen === 'yes')}
      />
    )
  if (LISTS.includes(takes))
    return (
      <MultiSelect
        {...shared}
        data={choicesOf(takes, subject?.choices ?? [], condition.key)}
        value={Array.isArray(value) ? value.map(String) : []}
        placeholder={Array.isArray(value) && value.length > 0 ? '' : t('choose')}
        searchable
        hidePickedOptions
        onChange={(chosen) => onChange(chosenValue(takes, chosen))}
      />
    )
  if (takes === 'any' && (type === 'choice' || type === 'multi'))
    return (
      <Select
        {...shared}
        data={[...(subject?.choices ?? [])]}
        value={typeof value === 'string' ? value : null}
        placeholder={t('choose')}
        searchable
        onChange={(chosen) => onChange(chosen ?? undefined)}
      />
    )
  if (takes in COUNTS)
    return (
      <NumberInput
        {...shared}
        min={1}
        max={COUNTS[takes] ?? 1}
        clampBehavior="strict"
        allowDecimal={false}
        suffix={` ${t(`units.${takes}`)}`}
        value={Number(value) || ''}
        onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
      />
    )
  if (takes === 'number' || (takes === 'any' && type === 'number'))
    return (
      <NumberInput
        {...shared}
        value={typeof value === 'number' ? value : ''}
        onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
      />
    )
  if (takes === 'moment')
    return (
      <TextInput
        {...shared}
        type="date"
        value={dayIn(value)}
        onChange={(event) => onChange(startOf(event.currentTarget.value))}
      />
    )
  return (
    <TextInput
      {...shared}
      type={type === 'date' ? 'date' : 'text'}
      value={typeof value === 'string' ? value : ''}
      maxLength={200}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  )
}

/** Days of people, not of Greenwich. */
function dayIn(value: unknown): string {
  const at = new Date(String(value))
  if (Number.isNaN(at.getTime())) return ''
  const two = (part: number) => String(part).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

function startOf(day: string): string | undefined {
  const at = new Date(`${day}T00:00`)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}
