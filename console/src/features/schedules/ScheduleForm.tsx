/** When a message leaves, what it says, and whether it comes again. */
import { Switch, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { Attachment } from '@/shared/api/types'
import { FilesField } from '@/shared/files/FilesField'
import { useTranslation } from '@/shared/i18n/translate'
import { timeZone } from '@/shared/lib/dates'
import { localTime, presets } from '@/shared/lib/zones'
import { useNow } from '@/shared/ui/TimeAgo'
import { VariableField } from '@/shared/variables/VariableField'
import { RepeatFields } from './RepeatFields'
import classes from './schedules.module.css'
import type { ScheduleFields } from './values'
import { WindowFields } from './WindowFields'

interface ScheduleFormProps {
  form: UseFormReturnType<ScheduleFields>
  files: readonly Attachment[]
  onFiles: (files: Attachment[]) => void
  /** Until when free words arrive; undefined where that is not known of one contact. */
  closesAt?: string | null
  /** The conversation that the text is shown for. */
  ticket?: number
  /** The number that sends it, where that is known. */
  connection?: number
  isReadOnly?: boolean
}

export function ScheduleForm({
  form,
  files,
  onFiles,
  closesAt,
  ticket,
  connection,
  isReadOnly = false,
}: ScheduleFormProps) {
  const { t } = useTranslation('schedules')
  return (
    <div className={classes.form}>
      <VariableField
        label={t('message')}
        value={form.values.body}
        onChange={(body) => form.setFieldValue('body', body)}
        error={form.errors.body}
        isReadOnly={isReadOnly}
        maxLength={4096}
        {...(ticket && { ticket })}
      />
      <FilesField files={files} onChange={onFiles} isReadOnly={isReadOnly} />
      <When form={form} isReadOnly={isReadOnly} />
      <WindowFields form={form} closesAt={closesAt} connection={connection} ticket={ticket} />
      <Switch
        label={t('cancelOnReply')}
        description={t('cancelOnReplyHelp')}
        {...form.getInputProps('cancel_on_reply', { type: 'checkbox' })}
      />
      <RepeatFields form={form} />
    </div>
  )
}

function When({ form, isReadOnly }: Pick<ScheduleFormProps, 'form' | 'isReadOnly'>) {
  const { t } = useTranslation('schedules')
  const now = useNow()
  const zone = timeZone()
  return (
    <fieldset className={classes.group}>
      <legend>{t('when')}</legend>
      {!isReadOnly && (
        <div className={classes.presets}>
          {presets(now, zone).map(({ id, day, time }) => (
            <button
              key={id}
              type="button"
              className={classes.preset}
              aria-pressed={form.values.day === day && form.values.time === time}
              data-testid={`preset-${id}`}
              onClick={() => form.setValues({ day, time })}
            >
              {t(`presets.${id}`)}
            </button>
          ))}
        </div>
      )}
      <div className={classes.pair}>
        <TextInput
          type="date"
          label={t('day')}
          min={localTime(now, zone).day}
          {...form.getInputProps('day')}
          error={form.errors.day ?? form.errors.at}
        />
        <TextInput type="time" label={t('time')} {...form.getInputProps('time')} />
      </div>
      <p className={classes.zone}>{t('zone', { zone: zone.replaceAll('_', ' ') })}</p>
    </fieldset>
  )
}
