/** Where the gateway is and how it knows us. Its secrets are kept, never shown again. */
import { Alert, Checkbox, PasswordInput, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { Connection } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { IconWarning } from '@/shared/ui/icons'
import classes from '../connections.module.css'
import type { WayValues } from '../moving/ways'

interface GatewayFieldsProps {
  form: UseFormReturnType<WayValues>
  /** The gateway whose secrets are kept when the fields stay empty. */
  kept?: Connection | null
}

export function GatewayFields({ form, kept }: GatewayFieldsProps) {
  const { t } = useTranslation('connections')
  const secret = (name: 'access_token' | 'app_secret', isKept: boolean | undefined) => ({
    label: t(`gateway.${name}`),
    description: t(isKept ? 'secretKept' : `gateway.${name}_hint`),
    autoComplete: 'new-password',
    visibilityToggleButtonProps: { 'aria-label': t('showSecret') },
    ...form.getInputProps(`credentials.${name}`),
  })
  return (
    <section className={classes.credentials}>
      <h3 className={classes.subtitle}>{t('gateway.credentialsTitle')}</h3>
      <TextInput
        label={t('gateway.api_root')}
        description={t('gateway.api_root_hint')}
        placeholder="https://waha.example.com"
        inputMode="url"
        autoComplete="off"
        {...form.getInputProps('credentials.api_root')}
      />
      <TextInput
        label={t('gateway.session')}
        description={t(kept ? 'gateway.session_kept' : 'gateway.session_hint')}
        placeholder="default"
        maxLength={80}
        autoComplete="off"
        {...form.getInputProps('credentials.session')}
      />
      <PasswordInput {...secret('access_token', kept?.credentials.has_access_token)} />
      <PasswordInput {...secret('app_secret', kept?.credentials.has_app_secret)} />
    </section>
  )
}

/** Nobody goes on without having read what may happen. */
export function Risk({ form, words }: { form: UseFormReturnType<WayValues>; words: 'gateway' | 'phone' }) {
  const { t } = useTranslation('connections')
  return (
    <>
      <Alert color="yellow" icon={<IconWarning size={18} />}>
        <strong>{t('phone.riskTitle')}</strong>
        <br />
        {t(words === 'gateway' ? 'gateway.risk' : 'phone.risk')}
      </Alert>
      <Checkbox label={t('phone.acceptRisk')} {...form.getInputProps('accepts_risk', { type: 'checkbox' })} />
    </>
  )
}
