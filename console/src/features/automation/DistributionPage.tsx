/** Rules for every queue: how much an agent carries, and what happens when a conversation falls silent. */
import { NativeSelect, NumberInput, Switch } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { OutsideField } from '@/shared/templates/OutsideField'
import { MinutesField } from '@/shared/ui/MinutesField'
import { Section } from '@/shared/ui/Section'
import { VariableField } from '@/shared/variables/VariableField'
import classes from './automation.module.css'
import { type OptionsBodyProps, OptionsPage, outside } from './OptionsForm'

export function DistributionPage() {
  const { t } = useTranslation('automation')
  return (
    <OptionsPage title={t('distribution.title')} text={t('distribution.text')}>
      {(body) => (
        <>
          <Agents {...body} />
          <Silence {...body} />
        </>
      )}
    </OptionsPage>
  )
}

function Agents({ form }: OptionsBodyProps) {
  const { t } = useTranslation('automation')
  const capacity = Number(form.values.agent_capacity ?? 0)
  return (
    <Section title={t('distribution.agents')} description={t('distribution.agentsText')}>
      <div className={classes.card}>
        <NumberInput
          label={t('distribution.capacity')}
          description={t('distribution.capacityHint')}
          placeholder={t('distribution.noLimit')}
          min={1}
          max={500}
          allowDecimal={false}
          maw={320}
          value={capacity || ''}
          error={form.errors.agent_capacity}
          onChange={(value) => form.setFieldValue('agent_capacity', Number(value) || 0)}
        />
        <Switch
          label={t('distribution.busy')}
          description={t('distribution.busyHint')}
          {...form.getInputProps('assign_to_busy', { type: 'checkbox' })}
        />
        <Switch
          label={t('distribution.owner')}
          description={t('distribution.ownerHint')}
          {...form.getInputProps('owner_first', { type: 'checkbox' })}
        />
      </div>
    </Section>
  )
}

function Silence(body: OptionsBodyProps) {
  const { form } = body
  const { t } = useTranslation('automation')
  const isOn = Number(form.values.inactivity_minutes) > 0
  const closes = Number(form.values.inactivity_close_minutes) > 0
  return (
    <Section title={t('distribution.silence')} description={t('distribution.silenceText')}>
      <div className={classes.card}>
        <Switch
          label={t('distribution.silenceOn')}
          checked={isOn}
          onChange={(event) => form.setFieldValue('inactivity_minutes', event.currentTarget.checked ? 60 : 0)}
        />
        {isOn && (
          <>
            <Minutes name="inactivity_minutes" {...body} />
            <NativeSelect
              label={t('distribution.whose')}
              maw={320}
              data={(['ours', 'any'] as const).map((value) => ({
                value,
                label: t(`distribution.whoses.${value}`),
              }))}
              {...form.getInputProps('inactivity_after')}
            />
            <Text name="inactivity_warning" {...body} />
            <Switch
              label={t('distribution.closeOn')}
              checked={closes}
              onChange={(event) =>
                form.setFieldValue('inactivity_close_minutes', event.currentTarget.checked ? 60 : 0)
              }
            />
            {closes && <Minutes name="inactivity_close_minutes" {...body} />}
            {closes && <Text name="inactivity_closing" {...body} />}
          </>
        )}
      </div>
    </Section>
  )
}

/** Minutes that are switched on: empty goes back to an hour rather than off. */
function Minutes({ name, form }: OptionsBodyProps & { name: string }) {
  const { t } = useTranslation('automation')
  return (
    <MinutesField
      label={t(`distribution.${name}`)}
      value={Number(form.values[name])}
      error={form.errors[name]}
      onChange={(minutes) => form.setFieldValue(name, minutes || 60)}
    />
  )
}

function Text({ name, form, canWrite }: OptionsBodyProps & { name: string }) {
  const { t } = useTranslation('automation')
  return (
    <>
      <VariableField
        label={t(`distribution.${name}`)}
        description={t(`distribution.${name}Hint`)}
        value={String(form.values[name] ?? '')}
        onChange={(value) => form.setFieldValue(name, value)}
        error={form.errors[name]}
        isReadOnly={!canWrite}
      />
      {Boolean(form.values[name]) && <OutsideField {...outside(form, name)} isReadOnly={!canWrite} />}
    </>
  )
}
