/** Old conversations that the gateway still has: imported when somebody asks, as often as they like. */
import { Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import type { Connection } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { IconDownload } from '@/shared/ui/icons'
import classes from '../connections.module.css'
import { PastFields, type PastValues, wrongDay } from '../devices/PastFields'
import { PhoneProgress } from '../onboarding/PhoneProgress'
import { phoneQuery } from '../onboarding/queries'
import { useFieldErrors, useRefusal } from '../refusals'
import { useAskPast } from './queries'

export function GatewayPast({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections')
  const refusal = useRefusal()
  const showFieldErrors = useFieldErrors()
  const ask = useAskPast(connection)
  const syncs = useQuery(phoneQuery(connection.id, connection.version)).data
  const isUnderWay = syncs?.some(({ state }) => state === 'wanted' || state === 'running') ?? false
  const said = (code: string | null) => code && t(`fieldErrors.${code}`)
  const form = useForm<PastValues>({
    initialValues: { past: 'all', past_from: '', past_until: '' },
    validate: {
      past_from: (_, values) => said(wrongDay('past_from', values)),
      past_until: (_, values) => said(wrongDay('past_until', values)),
    },
  })
  const submit = (values: PastValues) =>
    ask.mutate(values, { onError: (error) => showFieldErrors(form, error) })
  const isElsewhere = ask.isError && Object.keys(form.errors).length === 0
  return (
    <form className={classes.past} onSubmit={form.onSubmit(submit)} data-testid="gateway-past">
      <PastFields form={form} choices={['all', 'period']} help={t('gateway.pastHelp')} />
      {isElsewhere && (
        <p className={classes.reason} role="alert">
          {refusal(ask.error)}
        </p>
      )}
      <Button
        type="submit"
        variant="default"
        leftSection={<IconDownload size={16} />}
        loading={ask.isPending}
        disabled={isUnderWay}
      >
        {t('gateway.pastAsk')}
      </Button>
      <PhoneProgress connection={connection} />
    </form>
  )
}
