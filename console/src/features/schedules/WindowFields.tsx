/** Says when free words would no longer arrive, and offers the template that does. */
import { NativeSelect, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime, timeZone } from '@/shared/lib/dates'
import { momentOf } from '@/shared/lib/zones'
import { IconWarning } from '@/shared/ui/icons'
import classes from './schedules.module.css'
import { isOutsideWindow, type ScheduleFields } from './values'

const LANGUAGES = ['pt_BR', 'en_US', 'es', 'en', 'es_MX', 'es_AR', 'pt_PT']

interface WindowFieldsProps {
  form: UseFormReturnType<ScheduleFields>
  /** Until when free words arrive; undefined where that is not known of one contact. */
  closesAt: string | null | undefined
}

export function WindowFields({ form, closesAt }: WindowFieldsProps) {
  const { t } = useTranslation('schedules')
  const { values } = form
  const isKnown = closesAt !== undefined
  const isOutside = isKnown && isOutsideWindow(momentOf(values, timeZone()), closesAt)
  if (isKnown && !isOutside && values.unit === '' && values.template === '') return null
  return (
    <div className={classes.window} data-outside={isOutside || undefined} data-testid="window-warning">
      <p className={classes.warning}>
        <IconWarning size={16} aria-hidden />
        <span>
          {!isOutside && t('window.maybe')}
          {isOutside && closesAt && t('window.closes', { at: formatDateTime(closesAt) })}
          {isOutside && !closesAt && t('window.never')}
        </span>
      </p>
      <div className={classes.pair}>
        <TextInput
          label={t('window.template')}
          description={t('window.templateHelp')}
          placeholder="hello_world"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...form.getInputProps('template')}
        />
        <NativeSelect label={t('window.language')} data={LANGUAGES} {...form.getInputProps('language')} />
      </div>
    </div>
  )
}
