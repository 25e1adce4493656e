/** The texts of each step of a conversation: a switch, the words, and how they arrive. */
import { Switch, TextInput } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { OutsideField } from '@/shared/templates/OutsideField'
import { Section } from '@/shared/ui/Section'
import { VariableField } from '@/shared/variables/VariableField'
import classes from './automation.module.css'
import { type OptionsBodyProps, OptionsPage, outside } from './OptionsForm'

interface Message {
  /** The option that turns it on; its text is `<text>_text`. */
  key: string
  text?: string
  /** On means that the text is not said. */
  isReversed?: boolean
  extra?: readonly string[]
  whole?: (text: string) => string
  /** It may be said when the customer wrote long ago. */
  isLate?: boolean
}

/** The number ends the text unless it stands in it. */
function withPosition(text: string): string {
  return text.includes('position') ? text : `${text.trim()} *{{position}}*`
}

const STEPS: Message[] = [
  { key: 'acceptance', isLate: true },
  { key: 'transfer', isLate: true },
  { key: 'position', extra: ['position'], whole: withPosition },
  { key: 'farewell', isLate: true },
]
const ABSENCES: Message[] = [{ key: 'out_of_hours' }, { key: 'vacation' }]
const REFUSALS: Message[] = [
  { key: 'accept_audio', text: 'audio_refusal', isReversed: true },
  { key: 'accept_calls', text: 'call_refusal', isReversed: true },
]

export function MessagesPage() {
  const { t } = useTranslation('automation')
  return (
    <OptionsPage title={t('messages.title')} text={t('messages.text')}>
      {(body) => (
        <>
          <Group title={t('messages.steps')} text={t('messages.stepsText')} messages={STEPS} {...body} />
          <Group
            title={t('messages.absences')}
            text={t('messages.absencesText')}
            messages={ABSENCES}
            {...body}
          />
          <Group title={t('messages.refusals')} messages={REFUSALS} {...body} />
          <MenuRules {...body} />
        </>
      )}
    </OptionsPage>
  )
}

interface GroupProps extends OptionsBodyProps {
  title: string
  text?: string
  messages: Message[]
}

function Group({ title, text, messages, ...body }: GroupProps) {
  return (
    <Section title={title} description={text}>
      <div className={classes.group}>
        {messages.map((message) => (
          <MessageCard key={message.key} message={message} {...body} />
        ))}
      </div>
    </Section>
  )
}

function MessageCard({ message, form, phrases, canWrite }: OptionsBodyProps & { message: Message }) {
  const { t } = useTranslation('automation')
  const { key, text = key, isReversed = false, extra, whole, isLate = false } = message
  const isOn = Boolean(form.values[key])
  const isSaid = isOn !== isReversed
  return (
    <section className={classes.card} aria-label={t(`messages.${key}.label`)}>
      <Switch
        label={t(`messages.${key}.label`)}
        description={t(`messages.${key}.help`)}
        {...form.getInputProps(key, { type: 'checkbox' })}
      />
      {isSaid && key === 'vacation' && <VacationDates form={form} />}
      {isSaid && key === 'farewell' && (
        <Switch
          label={t('messages.farewell_waiting')}
          {...form.getInputProps('farewell_waiting', { type: 'checkbox' })}
        />
      )}
      {isSaid && (
        <VariableField
          label={t('messages.words')}
          value={String(form.values[`${text}_text`] ?? '')}
          onChange={(value) => form.setFieldValue(`${text}_text`, value)}
          error={form.errors[`${text}_text`]}
          preset={phrases[text]}
          extra={extra}
          whole={whole}
          isReadOnly={!canWrite}
        />
      )}
      {isSaid && isLate && <OutsideField {...outside(form, key)} isReadOnly={!canWrite} />}
    </section>
  )
}

function VacationDates({ form }: Pick<OptionsBodyProps, 'form'>) {
  const { t } = useTranslation('automation')
  return (
    <div className={classes.row}>
      <TextInput type="date" label={t('messages.vacation.from')} {...form.getInputProps('vacation_from')} />
      <TextInput type="date" label={t('messages.vacation.until')} {...form.getInputProps('vacation_until')} />
    </div>
  )
}

function MenuRules({ form }: OptionsBodyProps) {
  const { t } = useTranslation('automation')
  const number = (key: string) => ({
    type: 'number',
    min: 0,
    className: classes.number,
    label: t(`messages.${key}.label`),
    description: t(`messages.${key}.help`),
    value: String(form.values[key] ?? 0),
    error: form.errors[key],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      form.setFieldValue(key, Number(event.currentTarget.value)),
  })
  return (
    <Section title={t('messages.menu')}>
      <div className={classes.card}>
        <Switch
          label={t('messages.greet_single.label')}
          description={t('messages.greet_single.help')}
          {...form.getInputProps('greet_single', { type: 'checkbox' })}
        />
        <Switch
          label={t('messages.choices_as_buttons.label')}
          description={t('messages.choices_as_buttons.help')}
          {...form.getInputProps('choices_as_buttons', { type: 'checkbox' })}
        />
        <TextInput {...number('menu_max_tries')} />
        <TextInput {...number('menu_pause_minutes')} />
      </div>
    </Section>
  )
}
