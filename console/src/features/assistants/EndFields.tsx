/** How it ends: to whom it gives the word, and with which words. */
import { NumberInput, Select, Switch, Textarea } from '@mantine/core'
import { useQueues } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { Section } from '@/shared/ui/Section'
import type { EditorForm } from './editing'

export function EndFields({ form }: { form: EditorForm }) {
  const { t } = useTranslation('assistants')
  const queues = useQueues().map(({ id, name }) => ({ value: String(id), label: name }))
  return (
    <Section title={t('end')} description={t('endText')}>
      <Select
        label={t('handoverQueue')}
        placeholder={t('handoverQueueNone')}
        data={queues}
        clearable
        searchable
        {...form.getInputProps('handover_queue')}
      />
      <Textarea
        label={t('handoverMessage')}
        autosize
        minRows={2}
        maxLength={1024}
        {...form.getInputProps('handover_message')}
      />
      <NumberInput
        label={t('maxAnswers')}
        description={t('maxAnswersHelp')}
        min={1}
        max={200}
        {...form.getInputProps('max_answers')}
      />
      <Switch
        label={t('speaks')}
        description={t('speaksHelp')}
        {...form.getInputProps('speaks', { type: 'checkbox' })}
      />
    </Section>
  )
}
