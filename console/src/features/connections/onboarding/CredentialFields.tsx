/** The values of Meta's dashboard, in the order in which they are found there, each looked at live. */
import { PasswordInput, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { Connection } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import classes from '../connections.module.css'
import type { ConnectionValues } from '../queries'
import { Choices, Line } from './ProbeLines'
import { useProbe } from './queries'

interface CredentialFieldsProps {
  form: UseFormReturnType<ConnectionValues>
  connection: Connection | null
}

export function CredentialFields({ form, connection }: CredentialFieldsProps) {
  const { t } = useTranslation('connections')
  const { credentials } = form.values
  const { data } = useProbe(credentials)
  const field = (name: keyof ConnectionValues['credentials']) => ({
    label: t(`credentials.${name}`),
    description: t(`credentials.${name}_hint`),
    autoComplete: 'off',
    ...form.getInputProps(`credentials.${name}`),
  })
  const secret = (name: 'app_secret' | 'access_token', isKept: boolean | undefined) => ({
    ...field(name),
    autoComplete: 'new-password',
    description: t(isKept ? 'secretKept' : `credentials.${name}_hint`),
    visibilityToggleButtonProps: { 'aria-label': t('showSecret') },
  })
  const choose = (name: 'waba_id' | 'phone_number_id') => (id: string) =>
    form.setFieldValue(`credentials.${name}`, id)
  return (
    <section className={classes.credentials}>
      <h3 className={classes.subtitle}>{t('credentialsTitle')}</h3>
      <p className={classes.lead}>{t('credentialsText')}</p>
      <TextInput {...field('app_id')} inputMode="numeric" />
      <PasswordInput {...secret('app_secret', connection?.credentials.has_app_secret)} />
      <Line findings={data} name="app_secret" />
      <PasswordInput {...secret('access_token', connection?.credentials.has_access_token)} />
      <Line findings={data} name="access_token" />
      <TextInput {...field('waba_id')} inputMode="numeric" />
      <Choices
        label={t('probe.accounts')}
        rows={data?.accounts ?? []}
        value={credentials.waba_id}
        onChoose={choose('waba_id')}
      />
      <Line findings={data} name="account" />
      <TextInput {...field('phone_number_id')} inputMode="numeric" />
      <Choices
        label={t('probe.numbers')}
        rows={(data?.numbers ?? []).map(({ id, number, name }) => ({ id, name: number, hint: name }))}
        value={credentials.phone_number_id}
        onChoose={choose('phone_number_id')}
      />
      <Line findings={data} name="number" />
      <details className={classes.advanced}>
        <summary>{t('advanced')}</summary>
        <TextInput {...field('graph_version')} description={null} placeholder="v25.0" />
        <TextInput {...field('api_root')} placeholder="https://graph.facebook.com" />
      </details>
    </section>
  )
}
