/** The form of a scheduled message, and what it refuses before the server does. */
import { useForm } from '@mantine/form'
import { useTranslation } from '@/shared/i18n/translate'
import { timeZone } from '@/shared/lib/dates'
import { momentOf } from '@/shared/lib/zones'
import type { ScheduleFields } from './values'

export function useScheduleForm(initialValues: ScheduleFields, hasFiles: boolean) {
  const { t } = useTranslation('schedules')
  return useForm<ScheduleFields>({
    initialValues,
    validate: {
      body: (body) => (body.trim() || hasFiles ? null : t('bodyMissing')),
      day: (_, values) => {
        const at = momentOf(values, timeZone())
        if (at === null) return t('dayMissing')
        return at.getTime() > Date.now() ? null : t('past')
      },
      until: (until, { unit, end }) => (unit !== '' && end === 'until' && !until ? t('dayMissing') : null),
    },
  })
}
