/** A length of time: a number and its unit, kept in minutes. Empty is none, where that is allowed. */
import { Input, NativeSelect, NumberInput } from '@mantine/core'
import { type ReactNode, useId, useState } from 'react'
import { currentLanguage } from '@/shared/i18n'
import { useTranslation } from '@/shared/i18n/translate'
import classes from './MinutesField.module.css'

const UNITS = { minute: 1, hour: 60, day: 1_440 } as const
type Unit = keyof typeof UNITS

interface MinutesFieldProps {
  label: string
  description?: ReactNode
  /** Shown while nothing is given: what that means. */
  placeholder?: string
  value?: number | null
  onChange?: (minutes: number | null) => void
  error?: ReactNode
  max?: number
}

export function MinutesField(props: MinutesFieldProps) {
  const { label, description, placeholder, value = null, onChange, error, max = 43_200 } = props
  const { t } = useTranslation('common')
  const id = useId()
  const [unit, setUnit] = useState(() => unitOf(value))
  const size = UNITS[unit]
  const shown = value === null ? '' : value / size
  const change = (count: number | null) =>
    onChange?.(count === null ? null : Math.min(Math.round(count * size), max))
  function choose(next: Unit): void {
    setUnit(next)
    // 5 minutes become 5 hours: the number is what was typed.
    if (value !== null) onChange?.(Math.min(Math.round((value / size) * UNITS[next]), max))
  }
  return (
    <Input.Wrapper label={label} description={description} error={error} labelProps={{ htmlFor: id }}>
      <div className={classes.row}>
        <NumberInput
          id={id}
          className={classes.count}
          value={shown}
          placeholder={placeholder}
          min={1}
          allowNegative={false}
          decimalScale={unit === 'minute' ? 0 : 2}
          hideControls
          error={Boolean(error)}
          onChange={(count) => change(count === '' ? null : Number(count))}
        />
        <NativeSelect
          className={classes.unit}
          aria-label={t('unitOf', { field: label })}
          value={unit}
          data={(Object.keys(UNITS) as Unit[]).map((name) => ({ value: name, label: unitName(name) }))}
          onChange={(event) => choose(event.currentTarget.value as Unit)}
        />
      </div>
    </Input.Wrapper>
  )
}

/** The largest unit that needs no fraction. */
function unitOf(minutes: number | null): Unit {
  if (!minutes) return 'minute'
  return minutes % UNITS.day === 0 ? 'day' : minutes % UNITS.hour === 0 ? 'hour' : 'minute'
}

/** "minutos", in the words of the language. */
function unitName(unit: Unit): string {
  const parts = new Intl.NumberFormat(currentLanguage(), {
    style: 'unit',
    unit,
    unitDisplay: 'long',
  }).formatToParts(2)
  return parts.find(({ type }) => type === 'unit')?.value ?? unit
}
