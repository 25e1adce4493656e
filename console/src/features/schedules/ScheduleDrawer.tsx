/** One scheduled message: changed while it is not over, and what became of each time. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { ScheduledMessage } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { timeZone } from '@/shared/lib/dates'
import { showFieldErrors } from '@/shared/lib/forms'
import { useCan, useMe } from '@/shared/session/store'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { toast } from '@/shared/ui/toast'
import { OPEN, useChangeSchedule, useScheduleSteps } from './queries'
import { Recipients } from './Recipients'
import { ScheduleForm } from './ScheduleForm'
import { Sends } from './Sends'
import { useScheduleForm } from './useScheduleForm'
import { changesOf, fieldsOf, requestOf, type ScheduleFields } from './values'

interface ScheduleDrawerProps {
  row: ScheduledMessage
  /** Until when free words arrive, where it is about one conversation. */
  closesAt?: string | null
  onClose: () => void
}

export function ScheduleDrawer({ row, closesAt, onClose }: ScheduleDrawerProps) {
  const { t } = useTranslation('schedules')
  const errorText = useErrorText()
  const me = useMe()
  const seesAll = useCan('tickets.see_all')
  const change = useChangeSchedule(row.id)
  const steps = useScheduleSteps()
  const [files, setFiles] = useState(row.attachments)
  const [first] = useState(() => fieldsOf(row, timeZone()))
  const form = useScheduleForm(first, files.length > 0 || row.template !== null)
  const isOpen = OPEN.includes(row.state)
  const mayChange = isOpen && (seesAll || row.author?.id === me.user.id)
  const isElsewhere = change.isError && Object.keys(form.errors).length === 0

  function submit(values: ScheduleFields): void {
    const before = requestOf(first, row.attachments, timeZone())
    const body = changesOf(before, requestOf(values, files, timeZone()))
    change.mutate(body, { onSuccess: onClose, onError: (error) => showFieldErrors(form, error) })
  }

  function take(step: 'pause' | 'resume' | 'cancel'): void {
    steps.mutate(
      { id: row.id, step },
      {
        onSuccess: onClose,
        onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
      },
    )
  }

  return (
    <FormDrawer
      isOpen
      size={560}
      title={row.name || t('one')}
      onClose={onClose}
      onSubmit={form.onSubmit(submit)}
      isBusy={change.isPending}
      error={isElsewhere ? errorText(change.error) : null}
      isReadOnly={!mayChange}
      aside={
        mayChange && (
          <>
            <Button
              variant="subtle"
              color="red"
              loading={steps.isPending && steps.variables.step === 'cancel'}
              onClick={() => take('cancel')}
            >
              {t('cancel')}
            </Button>
            <Button variant="subtle" onClick={() => take(row.state === 'paused' ? 'resume' : 'pause')}>
              {t(row.state === 'paused' ? 'resume' : 'pause')}
            </Button>
          </>
        )
      }
      below={<Sends row={row} />}
    >
      <Recipients row={row} />
      <ScheduleForm
        connection={row.connection.id}
        form={form}
        files={files}
        onFiles={setFiles}
        closesAt={closesAt}
        isReadOnly={!mayChange}
      />
    </FormDrawer>
  )
}
