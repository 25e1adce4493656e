/** Ask for a link to choose a new password. Never says whether the address is known. */
import { Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { IconMail } from '@/shared/ui/icons'
import { Empty } from '@/shared/ui/states'
import { AuthFrame } from './AuthFrame'
import classes from './AuthFrame.module.css'
import { EmailField, FormError } from './fields'
import { BackToLogin } from './SignUpPage'

export function ForgotPage() {
  const { t } = useTranslation('auth')
  const errorText = useErrorText()
  const form = useForm({ initialValues: { email: '' } })
  const ask = useMutation({
    mutationFn: (body: { email: string }) => call(api.POST('/api/auth/password/forgot/', { body })),
  })
  return (
    <AuthFrame
      title={t('forgot.title')}
      text={ask.isSuccess ? undefined : t('forgot.text')}
      foot={<BackToLogin />}
    >
      {ask.isSuccess ? (
        <Empty icon={IconMail} title={t('forgot.sentTitle')}>
          {t('forgot.sentText', { email: ask.variables.email })}
        </Empty>
      ) : (
        <form className={classes.form} onSubmit={form.onSubmit((values) => ask.mutate(values))}>
          <FormError text={ask.isError ? errorText(ask.error) : null} />
          <EmailField autoFocus {...form.getInputProps('email')} />
          <Button type="submit" fullWidth size="md" loading={ask.isPending}>
            {t('forgot.submit')}
          </Button>
        </form>
      )}
    </AuthFrame>
  )
}
