/** Everything of an assistant that people write, in four cards and one Save. */
import { Alert, Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { useCan } from '@/shared/session/store'
import { DeleteAfterAsking } from '@/shared/ui/DeleteAfterAsking'
import { IconWarning } from '@/shared/ui/icons'
import { toast } from '@/shared/ui/toast'
import classes from './assistants.module.css'
import { DutyFields } from './DutyFields'
import { EndFields } from './EndFields'
import { drafted, type EditorValues, given, valuesOf } from './editing'
import { type Assistant, type AssistantValues, useDeleteAssistant, useSaveAssistant } from './queries'
import { ToolFields } from './ToolFields'
import { useAssistantError } from './useAssistantError'
import { WordFields } from './WordFields'

interface EditorProps {
  assistant: Assistant
  /** What would be tried, not saved yet. */
  onDraft: (draft: Partial<AssistantValues>) => void
}

export function Editor({ assistant, onDraft }: EditorProps) {
  const { t } = useTranslation('assistants')
  const canWrite = useCan('ai.write')
  const errorText = useAssistantError()
  const navigate = useNavigate()
  const save = useSaveAssistant()
  const remove = useDeleteAssistant()
  const form = useForm<EditorValues>({
    initialValues: valuesOf(assistant),
    onValuesChange: (values) => onDraft(drafted(values)),
    validate: {
      name: (value) => (value.trim() ? null : t('nameMissing')),
      instructions: (value) => (value.trim() ? null : t('instructionsMissing')),
    },
  })
  const submit = form.onSubmit((values) =>
    save.mutate(
      { id: assistant.id, body: given(values) },
      {
        onSuccess: (saved) => {
          form.setInitialValues(valuesOf(saved))
          form.setValues(valuesOf(saved))
          const wentOff = assistant.is_on && !saved.is_on
          void toast({ message: wentOff ? t('savedOff') : t('saved') })
        },
        onError: (error) => showFieldErrors(form, error),
      },
    ),
  )
  const isElsewhere = save.isError && Object.keys(form.errors).length === 0
  return (
    <form onSubmit={submit} noValidate>
      <fieldset className={classes.fieldset} disabled={!canWrite}>
        <WordFields form={form} provider={assistant.provider} />
        <ToolFields form={form} />
        <DutyFields form={form} />
        <EndFields form={form} />
      </fieldset>
      {isElsewhere && (
        <Alert color="red" icon={<IconWarning size={18} />} role="alert">
          {errorText(save.error)}
        </Alert>
      )}
      {canWrite && (
        <footer className={classes.foot}>
          <DeleteAfterAsking
            row={assistant}
            remove={remove}
            label={t('delete')}
            title={t('deleteTitle', { name: assistant.name })}
            onDone={() => void navigate({ to: '/settings/assistants' })}
          >
            {t('deleteText')}
          </DeleteAfterAsking>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {t('save')}
          </Button>
        </footer>
      )}
    </form>
  )
}
