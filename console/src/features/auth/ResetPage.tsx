/** Choose a new password, arriving by the link from the e-mail. */
import { Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api, call } from '@/shared/api/client'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { toast } from '@/shared/ui/toast'
import { AuthFrame } from './AuthFrame'
import classes from './AuthFrame.module.css'
import { FormError, PasswordField } from './fields'
import { BackToLogin } from './SignUpPage'

export function ResetPage() {
  const { t } = useTranslation('auth')
  const errorText = useErrorText()
  const navigate = useNavigate()
  const { token } = useSearch({ from: '/reset' })
  const form = useForm({ initialValues: { password: '' } })
  const reset = useMutation({
    mutationFn: ({ password }: { password: string }) =>
      call(api.POST('/api/auth/password/reset/', { body: { token, password } })),
    onSuccess: async () => {
      await navigate({ to: '/login' })
      void toast({ message: t('reset.done') })
    },
    onError: (error) => showFieldErrors(form, error),
  })
  const isElsewhere = reset.isError && Object.keys(form.errors).length === 0
  return (
    <AuthFrame title={t('reset.title')} foot={<BackToLogin />}>
      <form className={classes.form} onSubmit={form.onSubmit((values) => reset.mutate(values))}>
        <FormError text={isElsewhere ? errorText(reset.error) : null} />
        <PasswordField isNew autoFocus label={t('newPassword')} {...form.getInputProps('password')} />
        <Button type="submit" fullWidth size="md" loading={reset.isPending}>
          {t('reset.submit')}
        </Button>
      </form>
    </AuthFrame>
  )
}
