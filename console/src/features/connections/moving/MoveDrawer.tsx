/** Carry a number in another way. Its conversations go on; what differs is told before. */
import { Radio, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { Connection } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { toast } from '@/shared/ui/toast'
import classes from '../connections.module.css'
import { GatewayFields, Risk } from '../gateway/GatewayFields'
import { valuesOf } from '../general'
import { CredentialFields } from '../onboarding/CredentialFields'
import { useFieldErrors, useRefusal } from '../refusals'
import { useMoveNumber } from './queries'
import { useOtherWays, useWayErrors, type Way, type WayValues } from './ways'

export function MoveDrawer({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const { t } = useTranslation('connections')
  const ways = useOtherWays(connection)
  const refusal = useRefusal()
  const showFieldErrors = useFieldErrors()
  const errorsOf = useWayErrors()
  const move = useMoveNumber(connection)
  const form = useForm<WayValues>({
    initialValues: { ...valuesOf(null), kind: ways[0] ?? 'cloud_api', accepts_risk: false },
    validate: (values) => errorsOf(values, null),
  })
  const { kind } = form.values
  function choose(way: string): void {
    move.reset()
    form.setValues({ ...valuesOf(null), kind: way as Way, accepts_risk: false })
    form.clearErrors()
  }
  function submit(values: WayValues): void {
    // A promise, since the moved number has another drawer: this one may be gone when the answer is here.
    move.mutateAsync(values).then(
      (moved) => {
        onClose()
        void toast({ message: t(`move.done.${values.kind}`, { name: moved.name }) })
      },
      (error) => showFieldErrors(form, error),
    )
  }
  const isElsewhere = move.isError && Object.keys(form.errors).length === 0
  return (
    <FormDrawer
      isOpen
      size={520}
      title={t('move.title', { name: connection.name })}
      submitLabel={t('move.submit')}
      onClose={onClose}
      onSubmit={form.onSubmit(submit)}
      isBusy={move.isPending}
      error={isElsewhere ? refusal(move.error) : null}
    >
      <p className={classes.lead}>{t('move.text')}</p>
      <Radio.Group label={t('move.to')} value={kind} onChange={choose}>
        <Stack gap={12} mt={8}>
          {ways.map((way) => (
            <Radio
              key={way}
              value={way}
              label={t(`move.ways.${way}.title`)}
              description={t(`move.ways.${way}.text`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {kind === 'cloud_api' && <CredentialFields form={form as never} connection={null} />}
      {kind === 'gateway' && <GatewayFields form={form} />}
      {kind !== 'cloud_api' && <Risk form={form} words={kind === 'qr' ? 'phone' : 'gateway'} />}
    </FormDrawer>
  )
}
