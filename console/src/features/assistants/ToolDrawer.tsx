/** One HTTP tool: where it goes, what it is given, and which secrets go with it. */
import { NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { useCan } from '@/shared/session/store'
import { DeleteAfterAsking } from '@/shared/ui/DeleteAfterAsking'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { ArgumentsEditor } from './ArgumentsEditor'
import { HeadersEditor } from './HeadersEditor'
import { type AssistantTool, type ToolValues, useDeleteTool, useSaveTool } from './queries'
import { useAssistantError } from './useAssistantError'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

export function ToolDrawer({ tool, onClose }: { tool: AssistantTool | null; onClose: () => void }) {
  const { t } = useTranslation('assistants')
  const canWrite = useCan('ai.write')
  const errorText = useAssistantError()
  const save = useSaveTool(tool)
  const remove = useDeleteTool()
  const form = useForm<ToolValues>({
    initialValues: {
      name: tool?.name ?? '',
      description: tool?.description ?? '',
      method: tool?.method ?? 'GET',
      url: tool?.url ?? 'https://',
      arguments: tool?.arguments ?? [],
      headers: Object.fromEntries((tool?.header_names ?? []).map((name) => [name, null])),
      timeout_seconds: tool?.timeout_seconds ?? 8,
      needs_verification: tool?.needs_verification ?? false,
    },
    validate: {
      name: (value) => (/^[a-z][a-z0-9_]{2,39}$/.test(value) ? null : t('http.nameWrong')),
      description: (value) => (value.trim() ? null : t('http.descriptionMissing')),
    },
  })
  const submit = form.onSubmit((values) =>
    save.mutate(values, { onSuccess: onClose, onError: (error) => showFieldErrors(form, error) }),
  )
  const isElsewhere = save.isError && Object.keys(form.errors).length === 0
  return (
    <FormDrawer
      isOpen
      title={tool ? tool.name : t('http.add')}
      onClose={onClose}
      onSubmit={submit}
      isBusy={save.isPending}
      error={isElsewhere ? errorText(save.error) : null}
      isReadOnly={!canWrite}
      size={620}
      aside={
        tool &&
        canWrite && (
          <DeleteAfterAsking
            row={tool}
            remove={remove}
            label={t('delete')}
            title={t('deleteTitle', { name: tool.name })}
            onDone={onClose}
          >
            {t('http.deleteText')}
          </DeleteAfterAsking>
        )
      }
    >
      <TextInput
        label={t('http.name')}
        description={t('http.nameHelp')}
        maxLength={40}
        disabled={tool !== null}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Textarea
        label={t('http.description')}
        description={t('http.descriptionHelp')}
        autosize
        minRows={2}
        maxLength={1000}
        {...form.getInputProps('description')}
      />
      <Select
        label={t('http.method')}
        allowDeselect={false}
        data={METHODS}
        {...form.getInputProps('method')}
      />
      <TextInput
        label={t('http.url')}
        description={t('http.urlHelp')}
        maxLength={1000}
        {...form.getInputProps('url')}
      />
      <ArgumentsEditor
        value={form.values.arguments}
        onChange={(value) => form.setFieldValue('arguments', value)}
      />
      <HeadersEditor value={form.values.headers} onChange={(value) => form.setFieldValue('headers', value)} />
      <NumberInput label={t('http.timeout')} min={1} max={20} {...form.getInputProps('timeout_seconds')} />
      <Switch
        label={t('http.verification')}
        description={t('http.verificationHelp')}
        {...form.getInputProps('needs_verification', { type: 'checkbox' })}
      />
    </FormDrawer>
  )
}
