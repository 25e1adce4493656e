/** Add or edit a field. Its values stay where they are when its type changes. */
import { Checkbox, SegmentedControl, Select, TagsInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { CustomField } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { useCan } from '@/shared/session/store'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { DeleteButton } from './DeleteButton'
import { type FieldValues, useDeleteField, useSaveField } from './queries'

const TYPES = ['text', 'number', 'date', 'choice', 'multi', 'boolean', 'url'] as const
const ONS = ['ticket', 'contact'] as const

export function FieldDrawer({ field, onClose }: { field: CustomField | null; onClose: () => void }) {
  const { t } = useTranslation('labels')
  const canWrite = useCan('fields.write')
  const errorText = useErrorText()
  const save = useSaveField(field)
  const remove = useDeleteField()
  const form = useForm<FieldValues>({
    initialValues: {
      on: field?.on ?? 'ticket',
      label: field?.label ?? '',
      type: field?.type ?? 'text',
      choices: field?.choices ?? [],
      help: field?.help ?? '',
      required_to_close: field?.required_to_close ?? false,
    },
    validate: { label: (value) => (value.trim() ? null : t('nameMissing')) },
  })
  const { on, type } = form.values
  const isElsewhere = save.isError && Object.keys(form.errors).length === 0
  return (
    <FormDrawer
      isOpen
      title={field ? field.label : t('fields.add')}
      onClose={onClose}
      onSubmit={form.onSubmit((values) =>
        save.mutate(values, { onSuccess: onClose, onError: (error) => showFieldErrors(form, error) }),
      )}
      isBusy={save.isPending}
      error={isElsewhere ? errorText(save.error) : null}
      isReadOnly={!canWrite}
      aside={
        field &&
        canWrite && (
          <DeleteButton
            isBusy={remove.isPending}
            onDelete={() => remove.mutate(field, { onSuccess: onClose })}
          />
        )
      }
    >
      <TextInput label={t('fields.label')} maxLength={60} data-autofocus {...form.getInputProps('label')} />
      {!field && (
        <SegmentedControl
          aria-label={t('fields.on')}
          data={ONS.map((value) => ({ value, label: t(`fields.ons.${value}`) }))}
          {...form.getInputProps('on')}
        />
      )}
      <Select
        label={t('fields.type')}
        allowDeselect={false}
        data={TYPES.map((value) => ({ value, label: t(`fields.types.${value}`) }))}
        {...form.getInputProps('type')}
      />
      {(type === 'choice' || type === 'multi') && (
        <TagsInput
          label={t('fields.choices')}
          description={t('fields.choicesHelp')}
          {...form.getInputProps('choices')}
        />
      )}
      <TextInput label={t('fields.help')} maxLength={200} {...form.getInputProps('help')} />
      {on === 'ticket' && (
        <Checkbox
          label={t('fields.required')}
          {...form.getInputProps('required_to_close', { type: 'checkbox' })}
        />
      )}
    </FormDrawer>
  )
}
