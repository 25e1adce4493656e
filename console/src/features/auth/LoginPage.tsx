/** Sign in with e-mail and password. */
import { Alert, Anchor, Button, PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, call } from '@/shared/api/client'
import { useErrorText } from '@/shared/i18n/errors'
import { startSession } from '@/shared/session/refresh'
import { IconWarning } from '@/shared/ui/icons'
import { AuthFrame } from './AuthFrame'
import classes from './AuthFrame.module.css'

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
    <AuthFrame title={t('login.title')}>
      <form className={classes.form} onSubmit={form.onSubmit((values) => login.mutate(values))}>
        {login.isError && (
          <Alert color="red" role="alert" icon={<IconWarning size={18} />}>
            {errorText(login.error)}
          </Alert>
        )}
        <TextInput
          label={t('email')}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t('password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
          {...form.getInputProps('password')}
        />
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
