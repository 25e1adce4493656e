/** Days on which other hours count: closed, or shorter. National days can be added for a year at once. */
import { ActionIcon, Button, NativeSelect, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { announce } from '@/shared/ui/announce'
import { IconPlus, IconTrash } from '@/shared/ui/icons'
import classes from './automation.module.css'
import { Shifts } from './WeekEditor'
import { COUNTRIES, type Country, type Holiday, nationalHolidays } from './week'

interface HolidaysEditorProps {
  holidays: Holiday[]
  onChange: (holidays: Holiday[]) => void
  error?: React.ReactNode
}

export function HolidaysEditor({ holidays, onChange, error }: HolidaysEditorProps) {
  const { t } = useTranslation('automation')
  const change = (at: number, changes: Partial<Holiday>) =>
    onChange(holidays.map((one, index) => (index === at ? { ...one, ...changes } : one)))
  return (
    <section className={classes.holidays} aria-label={t('holidays.title')}>
      <h3 className={classes.subtitle}>{t('holidays.title')}</h3>
      <p className={classes.muted}>{t('holidays.text')}</p>
      <Presets holidays={holidays} onChange={onChange} />
      <ul className={classes.plain}>
        {holidays.map((holiday, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a new day has no date yet
          <li key={index} className={classes.holiday}>
            <TextInput
              type="date"
              aria-label={t('holidays.date')}
              value={holiday.date}
              onChange={(event) => change(index, { date: event.currentTarget.value })}
            />
            <TextInput
              aria-label={t('holidays.name')}
              placeholder={t('holidays.name')}
              value={holiday.name}
              onChange={(event) => change(index, { name: event.currentTarget.value })}
              className={classes.grow}
            />
            <ActionIcon
              aria-label={t('holidays.remove', { name: holiday.name || holiday.date })}
              onClick={() => onChange(holidays.toSpliced(index, 1))}
            >
              <IconTrash size={16} />
            </ActionIcon>
            <div className={classes.shifts}>
              <Switch
                size="xs"
                label={t('holidays.closed')}
                checked={holiday.shifts.length === 0}
                onChange={(event) =>
                  change(index, { shifts: event.currentTarget.checked ? [] : [['09:00', '12:00']] })
                }
              />
              <Shifts
                name={holiday.name || holiday.date}
                shifts={holiday.shifts}
                onChange={(shifts) => change(index, { shifts })}
              />
            </div>
          </li>
        ))}
      </ul>
      {error && (
        <p className={classes.error} role="alert">
          {error}
        </p>
      )}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange([...holidays, { date: '', name: '', shifts: [] }])}
      >
        {t('holidays.add')}
      </Button>
    </section>
  )
}

function Presets({ holidays, onChange }: Omit<HolidaysEditorProps, 'error'>) {
  const { t } = useTranslation('automation')
  const thisYear = new Date().getFullYear()
  const [country, setCountry] = useState<Country>('BR')
  const [year, setYear] = useState(thisYear)
  function add(): void {
    const known = new Set(holidays.map(({ date }) => date))
    const found = nationalHolidays(country, year).filter(({ date }) => !known.has(date))
    const unique = found.filter(({ date }, index) => found.findIndex((one) => one.date === date) === index)
    onChange([...holidays, ...unique].sort((a, b) => a.date.localeCompare(b.date)))
    announce(t('holidays.added', { count: unique.length }))
  }
  return (
    <div className={classes.row}>
      <NativeSelect
        aria-label={t('holidays.country')}
        value={country}
        data={COUNTRIES.map((value) => ({ value, label: t(`countries.${value}`) }))}
        onChange={(event) => setCountry(event.currentTarget.value as Country)}
      />
      <NativeSelect
        aria-label={t('holidays.year')}
        value={String(year)}
        data={[thisYear, thisYear + 1].map(String)}
        onChange={(event) => setYear(Number(event.currentTarget.value))}
      />
      <Button variant="default" onClick={add}>
        {t('holidays.preset')}
      </Button>
    </div>
  )
}
