/** Who it is: name, instructions, model, languages. */
import { NumberInput, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { Section } from '@/shared/ui/Section'
import type { EditorForm } from './editing'

export function WordFields({ form }: { form: EditorForm }) {
  const { t } = useTranslation('assistants')
  return (
    <Section title={t('words')}>
      <TextInput label={t('name')} maxLength={80} {...form.getInputProps('name')} />
      <Textarea
        label={t('instructions')}
        description={t('instructionsHelp')}
        autosize
        minRows={8}
        maxRows={24}
        maxLength={20000}
        {...form.getInputProps('instructions')}
      />
      <TextInput
        label={t('model')}
        description={t('modelHelp')}
        placeholder={t('providersModel')}
        maxLength={120}
        {...form.getInputProps('model')}
      />
      <NumberInput
        label={t('temperature')}
        description={t('temperatureHelp')}
        min={0}
        max={2}
        step={0.1}
        decimalScale={1}
        {...form.getInputProps('temperature')}
      />
      <TagsInput
        label={t('languages')}
        description={t('languagesHelp')}
        data={['pt-BR', 'en', 'es']}
        {...form.getInputProps('languages')}
      />
    </Section>
  )
}
