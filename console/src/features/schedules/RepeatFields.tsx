/** Whether a message comes again: how often, on which days, and until when. */
import { NativeSelect, NumberInput, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from '@/shared/i18n/translate'
import classes from './schedules.module.css'
import { BUSINESS_DAYS, ENDS, type ScheduleFields, UNITS } from './values'

export function RepeatFields({ form }: { form: UseFormReturnType<ScheduleFields> }) {
  const { t } = useTranslation('schedules')
  const { unit, end } = form.values
  const days = BUSINESS_DAYS.filter((one) => unit !== 'minute' || one === 'any' || one === 'skip')
  const shiftDays = (
    <NativeSelect
      label={t('businessDays.label')}
      description={t('businessDays.help')}
      data={days.map((value) => ({ value, label: t(`businessDays.${value}`) }))}
      {...form.getInputProps('business_days')}
    />
  )
  return (
    <fieldset className={classes.group}>
      <legend>{t('repeat.label')}</legend>
      <div className={classes.pair}>
        <NativeSelect
          aria-label={t('repeat.label')}
          data={[
            { value: '', label: t('repeat.once') },
            ...UNITS.map((value) => ({ value, label: t(`repeat.${value}`) })),
          ]}
          {...form.getInputProps('unit')}
        />
        {unit !== '' && (
          <NumberInput
            aria-label={t(`repeat.every.${unit}`)}
            prefix={`${t('repeat.everyWord')} `}
            suffix={` ${t(`repeat.units.${unit}`)}`}
            min={unit === 'minute' ? 5 : 1}
            max={1000}
            allowDecimal={false}
            {...form.getInputProps('every')}
          />
        )}
      </div>
      {unit !== '' && (
        <>
          {shiftDays}
          <div className={classes.pair}>
            <NativeSelect
              label={t('ends.label')}
              data={ENDS.map((value) => ({ value, label: t(`ends.${value}`) }))}
              {...form.getInputProps('end')}
            />
            {end === 'times' && (
              <NumberInput
                label={t('ends.howOften')}
                min={1}
                max={1000}
                allowDecimal={false}
                {...form.getInputProps('times')}
              />
            )}
            {end === 'until' && (
              <TextInput
                type="date"
                label={t('ends.lastDay')}
                min={form.values.day}
                {...form.getInputProps('until')}
              />
            )}
          </div>
        </>
      )}
    </fieldset>
  )
}
