/** Who gets what waits in a queue, and what happens when nobody answers or the customer falls silent. */
import { NativeSelect, NumberInput, Radio, Switch } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQueues } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { MinutesField } from '@/shared/ui/MinutesField'
import type { QueueValues } from './queries'
import classes from './queues.module.css'

const WAYS = ['manual', 'round_robin', 'least_busy'] as const

interface PartProps {
  form: UseFormReturnType<QueueValues>
  /** The queue itself: it cannot overflow into itself. */
  queue: number | undefined
}

export function Distribution(props: PartProps) {
  const { t } = useTranslation('queues')
  const { form } = props
  return (
    <>
      <section className={classes.part} aria-label={t('distribution.title')}>
        <h3 className={classes.partTitle}>{t('distribution.title')}</h3>
        <Radio.Group label={t('distribution.who')} {...form.getInputProps('assignment')}>
          <div className={classes.ways}>
            {WAYS.map((way) => (
              <Radio
                key={way}
                value={way}
                label={t(`distribution.ways.${way}`)}
                description={t(`distribution.waysText.${way}`)}
              />
            ))}
          </div>
        </Radio.Group>
        <Switch
          label={t('distribution.previous')}
          description={t('distribution.previousHint')}
          {...form.getInputProps('previous_first', { type: 'checkbox' })}
        />
        {form.values.assignment !== 'manual' && (
          <NumberInput
            label={t('distribution.capacity')}
            description={t('distribution.capacityHint')}
            placeholder={t('distribution.noLimit')}
            min={1}
            max={500}
            allowDecimal={false}
            maw={320}
            value={form.values.capacity ?? ''}
            error={form.errors.capacity}
            onChange={(value) => form.setFieldValue('capacity', Number(value) || null)}
          />
        )}
      </section>
      <Patience {...props} />
      <Silence form={form} />
    </>
  )
}

function Patience({ form, queue }: PartProps) {
  const { t } = useTranslation('queues')
  const others = useQueues().filter(({ id }) => id !== queue)
  const off = { placeholder: t('distribution.never') }
  return (
    <section className={classes.part} aria-label={t('distribution.patience')}>
      <h3 className={classes.partTitle}>{t('distribution.patience')}</h3>
      <MinutesField
        label={t('distribution.idle')}
        description={t('distribution.idleHint')}
        {...off}
        {...form.getInputProps('idle_minutes')}
      />
      <MinutesField
        label={t('distribution.away')}
        description={t('distribution.awayHint')}
        {...off}
        {...form.getInputProps('away_minutes')}
      />
      {others.length > 0 && (
        <NativeSelect
          label={t('distribution.overflow')}
          description={t('distribution.overflowHint')}
          maw={320}
          data={[
            { value: '', label: t('distribution.nowhere') },
            ...others.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          {...form.getInputProps('overflow_queue')}
        />
      )}
      {form.values.overflow_queue && (
        <MinutesField
          label={t('distribution.overflowAfter')}
          {...off}
          {...form.getInputProps('overflow_minutes')}
        />
      )}
    </section>
  )
}

/** The company's times, none, or the queue's own. */
function Silence({ form }: Pick<PartProps, 'form'>) {
  const { t } = useTranslation('queues')
  const { inactivity_minutes: minutes } = form.values
  const mode = minutes === null ? 'company' : minutes === 0 ? 'off' : 'own'
  function choose(next: string): void {
    const preset = { company: null, off: 0, own: 60 }[next as typeof mode]
    form.setValues({ inactivity_minutes: preset, inactivity_close_minutes: preset })
  }
  return (
    <section className={classes.part} aria-label={t('silence.title')}>
      <h3 className={classes.partTitle}>{t('silence.title')}</h3>
      <NativeSelect
        label={t('silence.rule')}
        description={t('silence.ruleHint')}
        maw={320}
        value={mode}
        data={(['company', 'off', 'own'] as const).map((value) => ({
          value,
          label: t(`silence.modes.${value}`),
        }))}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {mode === 'own' && (
        <>
          <MinutesField
            label={t('silence.warn')}
            value={minutes}
            error={form.errors.inactivity_minutes}
            onChange={(value) => form.setFieldValue('inactivity_minutes', value || 60)}
          />
          <MinutesField
            label={t('silence.close')}
            placeholder={t('distribution.never')}
            value={form.values.inactivity_close_minutes || null}
            error={form.errors.inactivity_close_minutes}
            onChange={(value) => form.setFieldValue('inactivity_close_minutes', value ?? 0)}
          />
        </>
      )}
    </section>
  )
}
