/** Add or edit a queue: name, colour, greeting, members. */
import { MultiSelect, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { Queue } from '@/shared/api/types'
import { useUsers } from '@/shared/directory/queries'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { useCan } from '@/shared/session/store'
import { ColorField } from '@/shared/ui/ColorField'
import { readableColors } from '@/shared/ui/colors'
import { DeleteAfterAsking } from '@/shared/ui/DeleteAfterAsking'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { toast } from '@/shared/ui/toast'
import { Distribution } from './Distribution'
import { QueueHours } from './QueueHours'
import { type QueueValues, useDeleteQueue, useSaveQueue } from './queries'

interface QueueDrawerProps {
  queue: Queue | null
  onClose: () => void
}

export function QueueDrawer({ queue, onClose }: QueueDrawerProps) {
  const { t } = useTranslation('queues')
  const canWrite = useCan('queues.write')
  const errorText = useErrorText()
  const users = useUsers().filter(({ is_active }) => is_active)
  const save = useSaveQueue(queue)
  const form = useForm<QueueValues>({
    initialValues: {
      name: queue?.name ?? '',
      color: queue?.color ?? readableColors[0].value,
      greeting: queue?.greeting ?? '',
      members: queue?.members.map(String) ?? [],
      hours: queue?.hours ? String(queue.hours) : '',
      out_of_hours: queue?.out_of_hours ?? '',
      files: queue?.files ?? [],
      closes: queue?.closes ?? false,
      assignment: queue?.assignment ?? 'manual',
      previous_first: queue?.previous_first ?? false,
      capacity: queue?.capacity ?? null,
      idle_minutes: queue?.idle_minutes ?? null,
      away_minutes: queue?.away_minutes ?? null,
      overflow_minutes: queue?.overflow_minutes ?? null,
      overflow_queue: queue?.overflow_queue ? String(queue.overflow_queue) : '',
      inactivity_minutes: queue?.inactivity_minutes ?? null,
      inactivity_close_minutes: queue?.inactivity_close_minutes ?? null,
    },
    validate: { name: (value) => (value.trim() ? null : t('nameMissing')) },
  })
  function submit(values: QueueValues): void {
    save.mutate(values, {
      onSuccess: ({ name }) => {
        onClose()
        void toast({ message: queue ? t('saved', { name }) : t('added', { name }) })
      },
      onError: (error) => showFieldErrors(form, error),
    })
  }
  const isElsewhere = save.isError && Object.keys(form.errors).length === 0
  return (
    <FormDrawer
      isOpen
      size={560}
      title={queue ? queue.name : t('add')}
      onClose={onClose}
      onSubmit={form.onSubmit(submit)}
      isBusy={save.isPending}
      error={isElsewhere ? errorText(save.error) : null}
      isReadOnly={!canWrite}
      aside={queue && canWrite && <DeleteQueue queue={queue} onDone={onClose} />}
    >
      <TextInput label={t('name')} data-autofocus {...form.getInputProps('name')} />
      <ColorField {...form.getInputProps('color')} />
      <MultiSelect
        label={t('members')}
        description={t('membersHint')}
        data={users.map(({ id, name }) => ({ value: String(id), label: name }))}
        searchable
        nothingFoundMessage={t('nobodyFound')}
        {...form.getInputProps('members')}
      />
      <Distribution form={form} queue={queue?.id} />
      <QueueHours form={form} isReadOnly={!canWrite} />
    </FormDrawer>
  )
}

function DeleteQueue({ queue, onDone }: { queue: Queue; onDone: () => void }) {
  const { t } = useTranslation('queues')
  const remove = useDeleteQueue()
  return (
    <DeleteAfterAsking
      row={queue}
      remove={remove}
      label={t('delete')}
      title={t('deleteTitle', { name: queue.name })}
      onDone={onDone}
    >
      {t('deleteText')}
    </DeleteAfterAsking>
  )
}
