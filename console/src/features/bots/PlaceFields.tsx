/** Where a bot lives and what opens its door, by kind. Secrets are written, never shown. */
import { NativeSelect, PasswordInput, Switch, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { Bot } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import type { BotValues } from './queries'

interface PlaceFieldsProps {
  form: UseFormReturnType<BotValues>
  bot: Bot | null
}

export function PlaceFields({ form, bot }: PlaceFieldsProps) {
  const { t } = useTranslation('bots')
  const kind = form.values.kind
  const kept = (name: string) => (bot?.has_secrets.includes(name) ? t('kept') : undefined)
  return (
    <>
      {kind === 'typebot' && (
        <TextInput
          label={t('slug')}
          description={t('slugHint')}
          placeholder="my-typebot-abc123"
          {...form.getInputProps('options.slug')}
        />
      )}
      <TextInput
        label={t('url')}
        description={t(`urlHint.${kind}`)}
        inputMode="url"
        placeholder={kind === 'webhook' ? 'https://n8n.example.com/webhook/…' : undefined}
        {...form.getInputProps('url')}
      />
      {kind === 'dialogflow' && <DialogflowFields form={form} placeholder={kept('service_account')} />}
      {kind !== 'dialogflow' && (
        <PasswordInput
          label={t('token')}
          description={t(`tokenHint.${kind}`)}
          placeholder={kept('token')}
          autoComplete="off"
          {...form.getInputProps('secrets.token')}
        />
      )}
      {kind === 'webhook' && (
        <>
          <PasswordInput
            label={t('secret')}
            description={t('secretHint')}
            placeholder={kept('secret')}
            autoComplete="off"
            {...form.getInputProps('secrets.secret')}
          />
          <Switch
            label={t('isGateway')}
            description={t('isGatewayHint')}
            {...form.getInputProps('is_gateway', { type: 'checkbox' })}
          />
        </>
      )}
    </>
  )
}

function DialogflowFields({
  form,
  placeholder,
}: {
  form: UseFormReturnType<BotValues>
  placeholder: string | undefined
}) {
  const { t } = useTranslation('bots')
  const isCx = form.values.options.edition === 'cx'
  return (
    <>
      <NativeSelect
        label={t('edition')}
        data={[
          { value: 'es', label: 'Dialogflow ES' },
          { value: 'cx', label: 'Dialogflow CX' },
        ]}
        {...form.getInputProps('options.edition')}
      />
      <Textarea
        label={t('serviceAccount')}
        description={t('serviceAccountHint')}
        placeholder={placeholder ?? '{ "type": "service_account", … }'}
        autosize
        minRows={3}
        maxRows={6}
        {...form.getInputProps('secrets.service_account')}
      />
      <TextInput
        label={t('project')}
        description={t('projectHint')}
        {...form.getInputProps('options.project')}
      />
      {isCx && <TextInput label={t('agent')} {...form.getInputProps('options.agent')} />}
      <TextInput label={t('language')} placeholder="pt-BR" {...form.getInputProps('options.language')} />
      <TextInput label={t('location')} placeholder="global" {...form.getInputProps('options.location')} />
    </>
  )
}
