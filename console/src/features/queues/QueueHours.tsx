/** When a queue answers, what it says while it is closed, and what else customers get. */
import { NativeSelect, Switch } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { hoursQuery } from '@/shared/directory/queries'
import { FilesField } from '@/shared/files/FilesField'
import { useTranslation } from '@/shared/i18n/translate'
import { VariableField } from '@/shared/variables/VariableField'
import type { QueueValues } from './queries'
import classes from './queues.module.css'

interface QueueHoursProps {
  form: UseFormReturnType<QueueValues>
  isReadOnly: boolean
}

export function QueueHours({ form, isReadOnly }: QueueHoursProps) {
  const { t } = useTranslation('queues')
  const hours = useQuery(hoursQuery).data ?? []
  const { values, errors, setFieldValue } = form
  return (
    <section className={classes.part} aria-label={t('hours.title')}>
      <h3 className={classes.partTitle}>{t('hours.title')}</h3>
      <VariableField
        label={t('greeting')}
        description={t('greetingHint')}
        value={values.greeting}
        onChange={(greeting) => setFieldValue('greeting', greeting)}
        error={errors.greeting}
        isReadOnly={isReadOnly}
      />
      <div className={classes.files}>
        <span className={classes.filesTitle}>{t('hours.files')}</span>
        <FilesField
          files={values.files}
          onChange={(files) => setFieldValue('files', files)}
          isReadOnly={isReadOnly}
        />
      </div>
      <NativeSelect
        label={t('hours.hours')}
        description={t('hours.hoursHint')}
        data={[
          { value: '', label: t('hours.wider') },
          ...hours.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        {...form.getInputProps('hours')}
      />
      {values.hours && (
        <VariableField
          label={t('hours.closed')}
          description={t('hours.closedHint')}
          value={values.out_of_hours}
          onChange={(text) => setFieldValue('out_of_hours', text)}
          error={errors.out_of_hours}
          isReadOnly={isReadOnly}
        />
      )}
      <Switch
        label={t('hours.closes')}
        description={t('hours.closesHint')}
        {...form.getInputProps('closes', { type: 'checkbox' })}
      />
    </section>
  )
}
