/** Sign in with e-mail and password. */
import { Anchor, Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { api, call } from '@/shared/api/client'
import { optionsQuery } from '@/shared/boot'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { startSession } from '@/shared/session/refresh'
import { AuthFrame } from './AuthFrame'
import classes from './AuthFrame.module.css'
import { EmailField, FormError, PasswordField } from './fields'

export function LoginPage() {
  const { t } = useTranslation('auth')
  const errorText = useErrorText()
  const navigate = useNavigate()
  const { next } = useSearch({ from: '/login' })
  const form = useForm({ initialValues: { email: '', password: '' } })
  const login = useMutation({
    mutationFn: (body: { email: string; password: string }) => call(api.POST('/api/auth/login/', { body })),
    onSuccess: async (session) => {
      startSession(session)
      await navigate({ to: next ?? '/inbox' })
    },
  })
  return (
    <AuthFrame title={t('login.title')} foot={<SignUpInvitation />}>
      <form className={classes.form} onSubmit={form.onSubmit((values) => login.mutate(values))}>
        <FormError text={login.isError ? errorText(login.error) : null} />
        <EmailField autoFocus {...form.getInputProps('email')} />
        <PasswordField {...form.getInputProps('password')} />
        <Button type="submit" fullWidth size="md" loading={login.isPending}>
          {t('login.submit')}
        </Button>
        <Anchor component={Link} to="/forgot" size="sm" className={classes.center}>
          {t('login.forgot')}
        </Anchor>
      </form>
    </AuthFrame>
  )
}

function SignUpInvitation() {
  const { t } = useTranslation('auth')
  const { data } = useQuery(optionsQuery)
  if (!data?.sign_up_open) return null
  return (
    <>
      {t('login.noAccount')}{' '}
      <Anchor component={Link} to="/signup" size="sm" underline="always">
        {t('login.signUp')}
      </Anchor>
    </>
  )
}
