/** Which old conversations come with a phone: all, those of a period, or none. */
import { Radio, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { Device } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import classes from './devices.module.css'

/** Days as date inputs hold them; "" leaves that side open. */
export type PastValues = {
  past: Device['past']
  past_from: string
  past_until: string
}

const CHOICES: Device['past'][] = ['all', 'period', 'none']

interface PastFieldsProps {
  form: UseFormReturnType<PastValues>
  choices?: Device['past'][]
  /** When they come, said below the title. */
  help?: string
}

export function PastFields({ form, choices = CHOICES, help }: PastFieldsProps) {
  const { t } = useTranslation('connections')
  return (
    <>
      <Radio.Group
        label={t('phone.past.label')}
        description={help ?? t('phone.past.help')}
        {...form.getInputProps('past')}
      >
        <div className={classes.choices}>
          {choices.map((choice) => (
            <Radio key={choice} value={choice} label={t(`phone.past.${choice}`)} />
          ))}
        </div>
      </Radio.Group>
      {form.values.past === 'period' && (
        <div className={classes.period}>
          <TextInput type="date" label={t('phone.past.from')} {...form.getInputProps('past_from')} />
          <TextInput type="date" label={t('phone.past.until')} {...form.getInputProps('past_until')} />
        </div>
      )}
    </>
  )
}

export function pastOf(device: Device | undefined): PastValues {
  const { past = 'all', past_from, past_until } = device ?? {}
  return { past, past_from: past_from ?? '', past_until: past_until ?? '' }
}

/** As the server takes it. */
export function chosenPast({ past, past_from, past_until }: PastValues) {
  return { past, past_from: past_from || null, past_until: past_until || null }
}

/** The code of what is wrong with a day, as the server would say it. */
export function wrongDay(field: 'past_from' | 'past_until', values: PastValues): string | null {
  const { past, past_from, past_until } = values
  if (past !== 'period') return null
  if (field === 'past_from') return past_from || past_until ? null : 'needed'
  return past_from && past_until && past_until < past_from ? 'ends_before_it_begins' : null
}
