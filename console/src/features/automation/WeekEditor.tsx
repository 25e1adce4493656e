/** Seven days with their shifts; a day can be copied to the others. */
import { ActionIcon, Button, Switch, TextInput, Tooltip } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { IconCopy, IconPlus, IconX } from '@/shared/ui/icons'
import classes from './automation.module.css'
import type { Week } from './queries'
import { DAYS, type Day, MOST_SHIFTS, nextShift } from './week'

interface WeekEditorProps {
  week: Week
  onChange: (week: Week) => void
  error?: React.ReactNode
}

export function WeekEditor({ week, onChange, error }: WeekEditorProps) {
  const { t } = useTranslation('automation')
  const set = (day: Day, shifts: string[][]) => onChange({ ...week, [day]: shifts })
  function copy(from: Day): void {
    const shifts = week[from] ?? []
    const targets = from === 'sat' || from === 'sun' ? DAYS : DAYS.slice(0, 5)
    onChange({
      ...week,
      ...Object.fromEntries(targets.map((day) => [day, shifts.map((shift) => [...shift])])),
    })
  }
  return (
    <div className={classes.week}>
      {DAYS.map((day) => {
        const shifts = week[day] ?? []
        const name = t(`days.${day}`)
        return (
          <fieldset
            key={day}
            className={classes.day}
            aria-label={name}
            data-closed={shifts.length === 0 || undefined}
          >
            <Switch
              label={name}
              checked={shifts.length > 0}
              onChange={(event) => set(day, event.currentTarget.checked ? [['09:00', '18:00']] : [])}
            />
            <div className={classes.shifts}>
              {shifts.length === 0 && <span className={classes.muted}>{t('hours.closed')}</span>}
              <Shifts name={name} shifts={shifts} onChange={(changed) => set(day, changed)} />
            </div>
            {shifts.length > 0 && (
              <Tooltip label={t(day === 'sat' || day === 'sun' ? 'hours.copyAll' : 'hours.copyWeek')}>
                <ActionIcon aria-label={t('hours.copy', { day: name })} onClick={() => copy(day)}>
                  <IconCopy size={16} />
                </ActionIcon>
              </Tooltip>
            )}
          </fieldset>
        )
      })}
      {error && (
        <p className={classes.error} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

interface ShiftsProps {
  name: string
  shifts: string[][]
  onChange: (shifts: string[][]) => void
}

export function Shifts({ name, shifts, onChange }: ShiftsProps) {
  const { t } = useTranslation('automation')
  const change = (at: number, part: 0 | 1, value: string) =>
    onChange(shifts.map((shift, index) => (index === at ? shift.with(part, value) : shift)))
  return (
    <>
      {shifts.map(([begin = '', end = ''], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: shifts have no other name than their place
        <span key={index} className={classes.shift}>
          <TextInput
            type="time"
            value={begin}
            aria-label={t('hours.from', { day: name, shift: index + 1 })}
            onChange={(event) => change(index, 0, event.currentTarget.value)}
          />
          <span aria-hidden>–</span>
          <TextInput
            type="time"
            value={end === '24:00' ? '00:00' : end}
            aria-label={t('hours.until', { day: name, shift: index + 1 })}
            onChange={(event) => change(index, 1, event.currentTarget.value)}
          />
          {end !== '24:00' && end <= begin && <span className={classes.nextDay}>{t('hours.nextDay')}</span>}
          <ActionIcon
            aria-label={t('hours.removeShift', { day: name, shift: index + 1 })}
            onClick={() => onChange(shifts.toSpliced(index, 1))}
          >
            <IconX size={14} />
          </ActionIcon>
        </span>
      ))}
      {shifts.length > 0 && shifts.length < MOST_SHIFTS && (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          aria-label={t('hours.addShiftOne', { day: name })}
          onClick={() => onChange([...shifts, nextShift(shifts)])}
        >
          {t('hours.addShift')}
        </Button>
      )}
    </>
  )
}
