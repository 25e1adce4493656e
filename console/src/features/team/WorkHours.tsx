/** Between which hours a person may be signed in. */
import { Input, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from '@/shared/i18n/translate'
import type { UserValues } from './queries'
import classes from './team.module.css'

export function WorkHours({ form }: { form: UseFormReturnType<UserValues> }) {
  const { t } = useTranslation('team')
  return (
    <Input.Wrapper
      labelElement="div"
      label={t('work.title')}
      description={t('work.hint')}
      error={form.errors.work_ends}
    >
      <div className={classes.work}>
        <TextInput type="time" aria-label={t('work.begins')} {...form.getInputProps('work_begins')} />
        <span aria-hidden>–</span>
        <TextInput
          type="time"
          aria-label={t('work.ends')}
          {...form.getInputProps('work_ends')}
          error={Boolean(form.errors.work_ends)}
        />
      </div>
    </Input.Wrapper>
  )
}
