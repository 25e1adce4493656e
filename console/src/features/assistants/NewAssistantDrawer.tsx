/** A new assistant begins with a name and instructions that are a good start in the person's language. */
import { Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { useCreateAssistant } from './queries'
import { useAssistantError } from './useAssistantError'

export function NewAssistantDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('assistants')
  const errorText = useAssistantError()
  const navigate = useNavigate()
  const create = useCreateAssistant()
  const form = useForm({
    initialValues: { name: '', instructions: t('starter') },
    validate: {
      name: (value) => (value.trim() ? null : t('nameMissing')),
      instructions: (value) => (value.trim() ? null : t('instructionsMissing')),
    },
  })
  const submit = form.onSubmit((values) =>
    create.mutate(
      { ...values, handover_message: t('starterHandover'), tools: ['look_up_tickets'] },
      {
        onSuccess: ({ id }) =>
          void navigate({ to: '/settings/assistants/$assistant', params: { assistant: String(id) } }),
        onError: (error) => showFieldErrors(form, error),
      },
    ),
  )
  const isElsewhere = create.isError && Object.keys(form.errors).length === 0
  return (
    <FormDrawer
      isOpen
      title={t('add')}
      onClose={onClose}
      onSubmit={submit}
      isBusy={create.isPending}
      error={isElsewhere ? errorText(create.error) : null}
      submitLabel={t('create')}
      size={560}
    >
      <TextInput label={t('name')} maxLength={80} data-autofocus {...form.getInputProps('name')} />
      <Textarea
        label={t('instructions')}
        description={t('instructionsHelp')}
        autosize
        minRows={10}
        maxRows={18}
        maxLength={20000}
        {...form.getInputProps('instructions')}
      />
    </FormDrawer>
  )
}
