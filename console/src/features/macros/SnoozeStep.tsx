/** Until when a macro puts a conversation aside. */
import { NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import classes from './macros.module.css'
import type { StepFormProps } from './StepForm'
import type { DraftStep, StepValues } from './steps'

const WAYS = ['time', 'minutes', 'reply'] as const
type Way = (typeof WAYS)[number]

const BEGINNINGS: Record<Way, StepValues> = {
  time: { days: 1, time: '09:00', minutes: null },
  minutes: { minutes: 60, days: null, time: null },
  reply: { minutes: null, days: null, time: null },
}

export function SnoozeStep({ step, onChange, isReadOnly }: StepFormProps) {
  const { t } = useTranslation('macros')
  const way = wayOf(step)
  return (
    <div className={classes.fields}>
      <SegmentedControl
        aria-label={t('snooze.until')}
        disabled={isReadOnly}
        data={WAYS.map((value) => ({ value, label: t(`snooze.${value}`) }))}
        value={way}
        onChange={(value) => onChange(BEGINNINGS[value as Way])}
      />
      {way === 'minutes' && (
        <NumberInput
          label={t('snooze.howLong')}
          min={1}
          max={525_600}
          allowDecimal={false}
          value={step.minutes ?? 60}
          onChange={(value) => onChange({ minutes: Number(value) || 1 })}
        />
      )}
      {way === 'time' && (
        <div className={classes.pair}>
          <NumberInput
            label={t('snooze.days')}
            min={0}
            max={365}
            allowDecimal={false}
            value={step.days ?? 0}
            onChange={(value) => onChange({ days: Number(value) || 0 })}
          />
          <TextInput
            type="time"
            label={t('snooze.at')}
            value={step.time ?? ''}
            onChange={(event) => onChange({ time: event.currentTarget.value || '09:00' })}
          />
        </div>
      )}
    </div>
  )
}

function wayOf({ minutes, time }: DraftStep): Way {
  if (minutes) return 'minutes'
  return time ? 'time' : 'reply'
}
