/** Who it is: name, instructions, model, languages. */
import { Autocomplete, NumberInput, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { Section } from '@/shared/ui/Section'
import type { EditorForm } from './editing'
import { useOfferedModels } from './queries'

export function WordFields({ form, provider }: { form: EditorForm; provider: number | null }) {
  const { t } = useTranslation('assistants')
  const models = useOfferedModels(provider)
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
      <Autocomplete
        label={t('model')}
        description={t('modelHelp')}
        placeholder={t('providersModel')}
        data={models}
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
