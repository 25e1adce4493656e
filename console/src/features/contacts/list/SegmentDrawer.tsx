/** A filter under a name: for oneself, or for everybody. */
import { Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { Segment } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { useCan } from '@/shared/session/store'
import { ColorField } from '@/shared/ui/ColorField'
import { DeleteAfterAsking } from '@/shared/ui/DeleteAfterAsking'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import type { Filter } from '../filter/filter'
import { type SegmentValues, useDeleteSegment, useSaveSegment } from '../queries'
import type { ContactSort } from '../search'

interface SegmentDrawerProps {
  segment: Segment | null
  /** What a new segment keeps. */
  filter?: Filter | undefined
  sort?: ContactSort | undefined
  onClose: () => void
  onSaved?: (segment: Segment) => void
  onDeleted?: () => void
}

export function SegmentDrawer({ segment, filter, sort, onClose, onSaved, onDeleted }: SegmentDrawerProps) {
  const { t } = useTranslation('contacts')
  const errorText = useErrorText()
  const mayShare = useCan('views.write')
  const save = useSaveSegment(segment)
  const form = useForm<SegmentValues>({
    initialValues: {
      name: segment?.name ?? '',
      color: segment?.color ?? '#495057',
      is_shared: segment?.is_shared ?? false,
    },
    validate: { name: (value) => (value.trim() ? null : t('segments.nameMissing')) },
  })
  function submit(values: SegmentValues): void {
    const kept = { filter: segment?.filter ?? filter ?? {}, sort: segment?.sort ?? sort ?? 'newest' }
    save.mutate(
      { ...values, ...kept },
      {
        onSuccess: (saved) => {
          onClose()
          onSaved?.(saved)
        },
        onError: (error) => showFieldErrors(form, error),
      },
    )
  }
  const isElsewhere = save.isError && Object.keys(form.errors).length === 0
  return (
    <FormDrawer
      isOpen
      title={segment ? segment.name : t('segments.add')}
      onClose={onClose}
      onSubmit={form.onSubmit(submit)}
      isBusy={save.isPending}
      error={isElsewhere ? errorText(save.error) : null}
      aside={
        segment && (
          <DeleteSegment
            segment={segment}
            onDone={() => {
              onClose()
              onDeleted?.()
            }}
          />
        )
      }
    >
      <TextInput label={t('name')} maxLength={60} data-autofocus {...form.getInputProps('name')} />
      <ColorField {...form.getInputProps('color')} />
      {mayShare && (
        <Switch
          label={t('segments.shared')}
          description={t('segments.sharedHint')}
          {...form.getInputProps('is_shared', { type: 'checkbox' })}
        />
      )}
    </FormDrawer>
  )
}

function DeleteSegment({ segment, onDone }: { segment: Segment; onDone: () => void }) {
  const { t } = useTranslation('contacts')
  const remove = useDeleteSegment()
  return (
    <DeleteAfterAsking
      row={segment}
      remove={remove}
      label={t('delete')}
      title={t('deleteTitle', { name: segment.name })}
      onDone={onDone}
    >
      {t('segments.deleteText')}
    </DeleteAfterAsking>
  )
}
