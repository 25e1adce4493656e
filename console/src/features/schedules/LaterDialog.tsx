/** What stands in the message field leaves later instead of now. */
import { Button, Group, Modal } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Attachment, Ticket } from '@/shared/api/types'
import { uploadBlob } from '@/shared/files/upload'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime, timeZone } from '@/shared/lib/dates'
import { showFieldErrors } from '@/shared/lib/forms'
import { presets } from '@/shared/lib/zones'
import { toast } from '@/shared/ui/toast'
import { useSchedule } from './queries'
import { ScheduleForm } from './ScheduleForm'
import classes from './schedules.module.css'
import { useScheduleForm } from './useScheduleForm'
import { newFields, requestOf, type ScheduleFields } from './values'

interface LaterDialogProps {
  ticket: Ticket
  text: string
  files: readonly { blob: Blob; name: string }[]
  onDone: () => void
  onClose: () => void
}

export function LaterDialog({ ticket, text, files: picked, onDone, onClose }: LaterDialogProps) {
  const { t } = useTranslation(['schedules', 'common'])
  const errorText = useErrorText()
  const schedule = useSchedule()
  const [files, setFiles] = useUploaded(picked)
  const [when] = useState(() => presets(Date.now(), timeZone())[1] ?? { day: '', time: '09:00' })
  const form = useScheduleForm(newFields(text, { day: when.day, time: when.time }), files.length > 0)
  const isElsewhere = schedule.isError && Object.keys(form.errors).length === 0

  function submit(values: ScheduleFields): void {
    const body = {
      ...requestOf(values, files, timeZone()),
      contacts: [ticket.contact.id],
      connection: ticket.connection.id,
      without_ticket: 'mine' as const,
      queue: ticket.queue?.id ?? null,
    }
    schedule.mutate(body, {
      onSuccess: (row) => {
        void toast({ message: t('schedules:promised', { at: formatDateTime(row.next_at ?? row.at) }) })
        onDone()
      },
      onError: (error) => showFieldErrors(form, error),
    })
  }

  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('schedules:later.title', { name: ticket.contact.display_name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={form.onSubmit(submit)} noValidate data-testid="later-form">
        <ScheduleForm
          form={form}
          files={files}
          onFiles={setFiles}
          closesAt={ticket.window_expires_at}
          ticket={ticket.id}
          connection={ticket.connection.id}
        />
        {isElsewhere && (
          <p className={classes.error} role="alert">
            {errorText(schedule.error)}
          </p>
        )}
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={schedule.isPending} data-testid="schedule">
            {t('schedules:later.schedule')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

/** The files of the message field, sent once so that they can wait on the server. */
function useUploaded(picked: LaterDialogProps['files']): [Attachment[], (files: Attachment[]) => void] {
  const errorText = useErrorText()
  const [files, setFiles] = useState<Attachment[]>([])
  const [first] = useState(picked)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with what was there when it opened
  useEffect(() => {
    let isGone = false
    void (async () => {
      for (const { blob, name } of first) {
        const stored = await uploadBlob(blob, name)
        if (!isGone) setFiles((before) => [...before, stored])
      }
    })().catch((error: unknown) => void toast({ message: errorText(error), tone: 'danger' }))
    return () => {
      isGone = true
    }
  }, [first])
  return [files, setFiles]
}
