/** A new company and its first administrator. */
import { Anchor, Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { api, call } from '@/shared/api/client'
import { currentLanguage } from '@/shared/i18n'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { startSession } from '@/shared/session/refresh'
import { AuthFrame } from './AuthFrame'
import classes from './AuthFrame.module.css'
import { EmailField, FormError, PasswordField } from './fields'

const empty = { company: '', name: '', email: '', password: '' }

export function SignUpPage() {
  const { t } = useTranslation('auth')
  const errorText = useErrorText()
  const navigate = useNavigate()
  const form = useForm({ initialValues: empty })
  const signUp = useMutation({
    mutationFn: (values: typeof empty) =>
      call(
        api.POST('/api/auth/signup/', {
          body: { ...values, timezone: browserZone(), language: currentLanguage() },
        }),
      ),
    onSuccess: async (session) => {
      startSession(session)
      await navigate({ to: '/welcome' })
    },
    onError: (error) => showFieldErrors(form, error),
  })
  const isElsewhere = signUp.isError && Object.keys(form.errors).length === 0
  return (
    <AuthFrame title={t('signUp.title')} text={t('signUp.text')} foot={<BackToLogin />}>
      <form className={classes.form} onSubmit={form.onSubmit((values) => signUp.mutate(values))}>
        <FormError text={isElsewhere ? errorText(signUp.error) : null} />
        <TextInput
          label={t('signUp.company')}
          autoComplete="organization"
          required
          withAsterisk={false}
          autoFocus
          {...form.getInputProps('company')}
        />
        <TextInput
          label={t('signUp.name')}
          autoComplete="name"
          required
          withAsterisk={false}
          {...form.getInputProps('name')}
        />
        <EmailField {...form.getInputProps('email')} />
        <PasswordField isNew {...form.getInputProps('password')} />
        <Button type="submit" fullWidth size="md" loading={signUp.isPending}>
          {t('signUp.submit')}
        </Button>
      </form>
    </AuthFrame>
  )
}

export function BackToLogin() {
  const { t } = useTranslation('auth')
  return (
    <Anchor component={Link} to="/login" size="sm">
      {t('backToLogin')}
    </Anchor>
  )
}

function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}
