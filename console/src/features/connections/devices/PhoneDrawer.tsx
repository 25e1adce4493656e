/** Add or edit a phone that is linked by QR code. Nobody adds one without having read what may happen. */
import { Alert, Checkbox } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import type { Connection } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { IconWarning } from '@/shared/ui/icons'
import { AutomationFields } from '../AutomationFields'
import { DeleteConnection, HabitFields, PlaceFields, valuesOf } from '../general'
import { MoveButton } from '../moving/MoveButton'
import { MoveDrawer } from '../moving/MoveDrawer'
import type { ConnectionValues } from '../queries'
import { useFieldErrors, useRefusal } from '../refusals'
import { PastFields, type PastValues, pastOf, wrongDay } from './PastFields'
import { useDevice, useSavePhone } from './queries'

interface PhoneDrawerProps {
  connection: Connection | null
  onClose: () => void
  onSaved: (saved: Connection, past: PastValues) => void
}

type PhoneValues = ConnectionValues & PastValues & { acceptsRisk: boolean }

export function PhoneDrawer({ connection, onClose, onSaved }: PhoneDrawerProps) {
  const { t } = useTranslation('connections')
  const canWrite = useCan('connections.write')
  const refusal = useRefusal()
  const showFieldErrors = useFieldErrors()
  const save = useSavePhone(connection)
  const device = useDevice(connection?.id ?? 0)
  const [isMoving, setMoving] = useState(false)
  const said = (code: string | null) => code && t(`fieldErrors.${code}`)
  const form = useForm<PhoneValues>({
    initialValues: { ...valuesOf(connection), ...pastOf(device), acceptsRisk: connection !== null },
    validate: {
      name: (value) => (value.trim() ? null : t('nameMissing')),
      acceptsRisk: (value) => (value ? null : t('phone.riskMissing')),
      past_from: (_, values) => said(wrongDay('past_from', values)),
      past_until: (_, values) => said(wrongDay('past_until', values)),
    },
  })
  if (connection && isMoving) return <MoveDrawer connection={connection} onClose={onClose} />
  const submit = (values: PhoneValues) =>
    save.mutate(values, {
      onSuccess: (saved) => onSaved(saved, values),
      onError: (error) => showFieldErrors(form, error),
    })
  const isElsewhere = save.isError && Object.keys(form.errors).length === 0
  return (
    <FormDrawer
      isOpen
      size={520}
      title={connection ? connection.name : t('phone.add')}
      submitLabel={connection ? undefined : t('phone.addNext')}
      onClose={onClose}
      onSubmit={form.onSubmit(submit)}
      isBusy={save.isPending}
      isReadOnly={!canWrite}
      aside={connection && canWrite && <DeleteConnection connection={connection} onDone={onClose} />}
      below={connection && <MoveButton connection={connection} onClick={() => setMoving(true)} />}
      error={isElsewhere ? refusal(save.error) : null}
    >
      {!connection && (
        <Alert color="yellow" icon={<IconWarning size={18} />}>
          <strong>{t('phone.riskTitle')}</strong>
          <br />
          {t('phone.risk')}
        </Alert>
      )}
      <PlaceFields form={form as never} />
      {canWrite && <PastFields form={form as never} />}
      {connection ? (
        <>
          <HabitFields form={form as never} />
          <AutomationFields form={form as never} isReadOnly={!canWrite} />
        </>
      ) : (
        <Checkbox
          label={t('phone.acceptRisk')}
          {...form.getInputProps('acceptsRisk', { type: 'checkbox' })}
        />
      )}
    </FormDrawer>
  )
}
