/** Add or edit a calendar of business hours. */
import { Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { Hours } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { useCan, useMe } from '@/shared/session/store'
import { DeleteAfterAsking } from '@/shared/ui/DeleteAfterAsking'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { toast } from '@/shared/ui/toast'
import classes from './automation.module.css'
import { HolidaysEditor } from './HolidaysEditor'
import { OpenNow } from './OpenNow'
import { type HoursValues, useDeleteHours, useSaveHours } from './queries'
import { WeekEditor } from './WeekEditor'
import { officeWeek } from './week'

interface HoursDrawerProps {
  hours: Hours | null
  onClose: () => void
}

export function HoursDrawer({ hours, onClose }: HoursDrawerProps) {
  const { t } = useTranslation('automation')
  const canWrite = useCan('automation.write')
  const errorText = useErrorText()
  const { company } = useMe()
  const save = useSaveHours(hours)
  const form = useForm<HoursValues & Record<string, unknown>>({
    initialValues: {
      name: hours?.name ?? '',
      timezone: hours?.timezone ?? '',
      weekly: hours?.weekly ?? officeWeek,
      holidays: hours?.holidays ?? [],
    },
    validate: {
      name: (value) => (value.trim() ? null : t('nameMissing')),
      holidays: (days) => (days.every(({ date }) => date) ? null : t('holidays.dateMissing')),
    },
  })
  function submit(values: HoursValues): void {
    save.mutate(values, {
      onSuccess: ({ name }) => {
        onClose()
        void toast({ message: t('saved', { name }) })
      },
      onError: (error) => {
        if (!showFieldErrors(form, error)) return
        if (form.errors.weekly) form.setFieldError('weekly', t('hours.overlap'))
      },
    })
  }
  const isElsewhere = save.isError && Object.keys(form.errors).length === 0
  const zone = company?.timezone ?? ''
  return (
    <FormDrawer
      isOpen
      size={620}
      title={hours ? hours.name : t('hours.add')}
      onClose={onClose}
      onSubmit={form.onSubmit(submit)}
      isBusy={save.isPending}
      error={isElsewhere ? errorText(save.error) : null}
      isReadOnly={!canWrite}
      aside={hours && canWrite && <DeleteHours hours={hours} onDone={onClose} />}
    >
      <TextInput label={t('name')} data-autofocus {...form.getInputProps('name')} />
      <Select
        label={t('hours.timezone')}
        data={[{ value: '', label: t('hours.companyZone', { zone }) }, ...Intl.supportedValuesOf('timeZone')]}
        searchable
        allowDeselect={false}
        {...form.getInputProps('timezone')}
      />
      <p className={classes.preview} role="status">
        {t('hours.preview')} <OpenNow hours={form.values} />
      </p>
      <WeekEditor
        week={form.values.weekly}
        onChange={(weekly) => form.setFieldValue('weekly', weekly)}
        error={form.errors.weekly && t('hours.overlap')}
      />
      <HolidaysEditor
        holidays={form.values.holidays}
        onChange={(holidays) => form.setFieldValue('holidays', holidays)}
        error={form.errors.holidays}
      />
    </FormDrawer>
  )
}

function DeleteHours({ hours, onDone }: { hours: Hours; onDone: () => void }) {
  const { t } = useTranslation('automation')
  const remove = useDeleteHours()
  return (
    <DeleteAfterAsking
      row={hours}
      remove={remove}
      label={t('delete')}
      title={t('deleteTitle', { name: hours.name })}
      onDone={onDone}
    >
      {t('hours.deleteText')}
    </DeleteAfterAsking>
  )
}
