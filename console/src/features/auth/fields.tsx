/** The fields that the pages before the login share, with the names password managers look for. */
import { Alert, PasswordInput, type PasswordInputProps, TextInput, type TextInputProps } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { IconWarning } from '@/shared/ui/icons'

export function EmailField(props: TextInputProps) {
  const { t } = useTranslation('auth')
  return (
    <TextInput
      label={t('email')}
      type="email"
      autoComplete="username"
      required
      withAsterisk={false}
      {...props}
    />
  )
}

interface PasswordFieldProps extends PasswordInputProps {
  /** A new password is offered by the password manager, an old one is filled in. */
  isNew?: boolean
}

export function PasswordField({ isNew, ...props }: PasswordFieldProps) {
  const { t } = useTranslation('auth')
  return (
    <PasswordInput
      label={t('password')}
      description={isNew ? t('passwordHint') : undefined}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      required
      withAsterisk={false}
      visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
      {...props}
    />
  )
}

export function FormError({ text }: { text: string | null }) {
  if (!text) return null
  return (
    <Alert color="red" role="alert" icon={<IconWarning size={18} />}>
      {text}
    </Alert>
  )
}
