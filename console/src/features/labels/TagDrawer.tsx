/** Add or edit a tag. */
import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { Tag } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { useCan } from '@/shared/session/store'
import { ColorField } from '@/shared/ui/ColorField'
import { readableColors } from '@/shared/ui/colors'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { DeleteButton } from './DeleteButton'
import { type TagValues, useDeleteTag, useSaveTag } from './queries'

export function TagDrawer({ tag, onClose }: { tag: Tag | null; onClose: () => void }) {
  const { t } = useTranslation('labels')
  const canWrite = useCan('tags.write')
  const errorText = useErrorText()
  const save = useSaveTag(tag)
  const remove = useDeleteTag()
  const form = useForm<TagValues>({
    initialValues: { name: tag?.name ?? '', color: tag?.color ?? readableColors[0].value },
    validate: { name: (value) => (value.trim() ? null : t('nameMissing')) },
  })
  const isElsewhere = save.isError && Object.keys(form.errors).length === 0
  return (
    <FormDrawer
      isOpen
      title={tag ? tag.name : t('tags.add')}
      onClose={onClose}
      onSubmit={form.onSubmit((values) =>
        save.mutate(values, { onSuccess: onClose, onError: (error) => showFieldErrors(form, error) }),
      )}
      isBusy={save.isPending}
      error={isElsewhere ? errorText(save.error) : null}
      isReadOnly={!canWrite}
      aside={
        tag &&
        canWrite && (
          <DeleteButton
            isBusy={remove.isPending}
            onDelete={() => remove.mutate(tag, { onSuccess: onClose })}
          />
        )
      }
    >
      <TextInput label={t('tags.name')} maxLength={40} data-autofocus {...form.getInputProps('name')} />
      <ColorField {...form.getInputProps('color')} />
    </FormDrawer>
  )
}
