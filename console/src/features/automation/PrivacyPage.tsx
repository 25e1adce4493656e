/** Consent before anything else, and what agents may see of a customer. */
import { Switch, TextInput } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { Section } from '@/shared/ui/Section'
import { PhoneBubble } from '@/shared/variables/PhoneBubble'
import { usePreview } from '@/shared/variables/queries'
import { VariableField } from '@/shared/variables/VariableField'
import classes from './automation.module.css'
import { type OptionsBodyProps, OptionsPage } from './OptionsForm'

export function PrivacyPage() {
  const { t } = useTranslation('automation')
  return (
    <OptionsPage title={t('privacy.title')} text={t('privacy.text')}>
      {(body) => (
        <>
          <Consent {...body} />
          <Section title={t('privacy.numbers')}>
            <div className={classes.card}>
              <Switch
                label={t('privacy.mask_numbers.label')}
                description={t('privacy.mask_numbers.help')}
                {...body.form.getInputProps('mask_numbers', { type: 'checkbox' })}
              />
              <Switch
                label={t('privacy.keep_removed_text.label')}
                description={t('privacy.keep_removed_text.help')}
                {...body.form.getInputProps('keep_removed_text', { type: 'checkbox' })}
              />
            </div>
          </Section>
        </>
      )}
    </OptionsPage>
  )
}

function Consent({ form, phrases, canWrite }: OptionsBodyProps) {
  const { t } = useTranslation('automation')
  const text = (key: string) => ({
    value: String(form.values[key] ?? ''),
    onChange: (value: string) => form.setFieldValue(key, value),
    error: form.errors[key],
    isReadOnly: !canWrite,
  })
  return (
    <Section title={t('privacy.consent.title')} description={t('privacy.consent.text')}>
      <div className={classes.card}>
        <Switch label={t('privacy.consent.label')} {...form.getInputProps('consent', { type: 'checkbox' })} />
        {Boolean(form.values.consent) && (
          <>
            <VariableField
              label={t('privacy.consent.words')}
              preset={phrases.consent}
              whole={null}
              {...text('consent_text')}
            />
            <TextInput
              label={t('privacy.consent.link')}
              placeholder="https://"
              type="url"
              {...form.getInputProps('consent_link')}
            />
            <Question form={form} phrases={phrases} />
            <Switch
              label={t('privacy.consent.each')}
              description={t('privacy.consent.eachHint')}
              {...form.getInputProps('consent_each_ticket', { type: 'checkbox' })}
            />
            <TextInput
              type="number"
              min={0}
              className={classes.number}
              label={t('privacy.consent.tries')}
              description={t('privacy.consent.triesHint')}
              value={String(form.values.consent_max_tries ?? 3)}
              error={form.errors.consent_max_tries}
              onChange={(event) => form.setFieldValue('consent_max_tries', Number(event.currentTarget.value))}
            />
            <VariableField
              label={t('privacy.consent.refused')}
              preset={phrases.consent_refused}
              {...text('consent_refused_text')}
            />
          </>
        )}
      </div>
    </Section>
  )
}

/** The whole question as it arrives. */
function Question({ form, phrases }: Pick<OptionsBodyProps, 'form' | 'phrases'>) {
  const { t } = useTranslation('automation')
  const { text } = usePreview(String(form.values.consent_text || phrases.consent))
  const choices = `*[ 1 ]* - ${phrases.yes}\n*[ 2 ]* - ${phrases.no}`
  const parts = [text, form.values.consent_link, phrases.consent_question, choices].filter(Boolean)
  return (
    <figure className={classes.phone}>
      <figcaption className={classes.muted}>{t('privacy.consent.preview')}</figcaption>
      <PhoneBubble text={parts.join('\n\n')} />
    </figure>
  )
}
