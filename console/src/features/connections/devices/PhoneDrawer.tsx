/** Add or edit a phone that is linked by QR code. Nobody adds one without having read what may happen. */
import { Alert, Button, Checkbox, NativeSelect, NumberInput, Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import type { Connection } from '@/shared/api/types'
import { useQueues } from '@/shared/directory/queries'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { useCan } from '@/shared/session/store'
import { ConfirmDialog } from '@/shared/ui/ConfirmDialog'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { IconWarning } from '@/shared/ui/icons'
import { AutomationFields } from '../AutomationFields'
import { MoveButton } from '../moving/MoveButton'
import { MoveDrawer } from '../moving/MoveDrawer'
import { type ConnectionValues, useDeleteConnection } from '../queries'
import { useSavePhone } from './queries'

interface PhoneDrawerProps {
  connection: Connection | null
  onClose: () => void
  onSaved: (saved: Connection) => void
}

type PhoneValues = ConnectionValues & { acceptsRisk: boolean }

export function PhoneDrawer({ connection, onClose, onSaved }: PhoneDrawerProps) {
  const { t } = useTranslation('connections')
  const canWrite = useCan('connections.write')
  const errorText = useErrorText()
  const queues = useQueues()
  const save = useSavePhone(connection)
  const [isMoving, setMoving] = useState(false)
  const form = useForm<PhoneValues>({
    initialValues: valuesOf(connection),
    validate: {
      name: (value) => (value.trim() ? null : t('nameMissing')),
      acceptsRisk: (value) => (value ? null : t('phone.riskMissing')),
    },
  })
  if (connection && isMoving) return <MoveDrawer connection={connection} onClose={onClose} />
  const submit = (values: PhoneValues) =>
    save.mutate(values, { onSuccess: onSaved, onError: (error) => showFieldErrors(form, error) })
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
      aside={connection && canWrite && <DeletePhone connection={connection} onDone={onClose} />}
      below={connection && <MoveButton connection={connection} onClick={() => setMoving(true)} />}
      error={isElsewhere ? errorText(save.error) : null}
    >
      {!connection && (
        <Alert color="yellow" icon={<IconWarning size={18} />}>
          <strong>{t('phone.riskTitle')}</strong>
          <br />
          {t('phone.risk')}
        </Alert>
      )}
      <TextInput
        label={t('name')}
        description={t('nameHint')}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <NativeSelect
        label={t('queue')}
        description={t('queueHint')}
        data={[
          { value: '', label: t('noQueue') },
          ...queues.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        {...form.getInputProps('queue')}
      />
      {connection ? (
        <>
          <NumberInput
            label={t('reopenMinutes')}
            description={t('reopenHint')}
            min={0}
            max={43_200}
            allowDecimal={false}
            {...form.getInputProps('reopen_minutes')}
          />
          <Switch label={t('isDefault')} {...form.getInputProps('is_default', { type: 'checkbox' })} />
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

function DeletePhone({ connection, onDone }: { connection: Connection; onDone: () => void }) {
  const { t } = useTranslation('connections')
  const remove = useDeleteConnection()
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        {t('delete')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('deleteTitle', { name: connection.name })}
        confirmLabel={t('delete')}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate(connection, { onSuccess: onDone })}
        onClose={() => setAsking(false)}
      >
        {t('deleteText')}
      </ConfirmDialog>
    </>
  )
}

function valuesOf(connection: Connection | null): PhoneValues {
  return {
    name: connection?.name ?? '',
    queue: connection?.queue ? String(connection.queue) : '',
    reopen_minutes: connection?.reopen_minutes ?? 120,
    is_default: connection?.is_default ?? false,
    menu: connection?.menu ? String(connection.menu) : '',
    hours: connection?.hours ? String(connection.hours) : '',
    greeting: connection?.greeting ?? '',
    farewell: connection?.farewell ?? '',
    out_of_hours: connection?.out_of_hours ?? '',
    credentials: {} as ConnectionValues['credentials'],
    acceptsRisk: connection !== null,
  }
}
