/** Add or edit a number of the WhatsApp Cloud API. */
import { NativeSelect, NumberInput, Switch, TextInput } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { useState } from 'react'
import type { Connection } from '@/shared/api/types'
import { useQueues } from '@/shared/directory/queries'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { useCan } from '@/shared/session/store'
import { DeleteAfterAsking } from '@/shared/ui/DeleteAfterAsking'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { toast } from '@/shared/ui/toast'
import { AutomationFields } from './AutomationFields'
import { MoveButton } from './moving/MoveButton'
import { MoveDrawer } from './moving/MoveDrawer'
import { CredentialFields } from './onboarding/CredentialFields'
import { type ConnectionValues, useDeleteConnection, useSaveConnection } from './queries'

interface ConnectionDrawerProps {
  connection: Connection | null
  onClose: () => void
  onSaved: (saved: Connection) => void
}

export function ConnectionDrawer({ connection, onClose, onSaved }: ConnectionDrawerProps) {
  const { t } = useTranslation('connections')
  const canWrite = useCan('connections.write')
  const errorText = useErrorText()
  const save = useSaveConnection(connection)
  const [isMoving, setMoving] = useState(false)
  const form = useForm<ConnectionValues>({
    initialValues: valuesOf(connection),
    validate: {
      name: (value) => (value.trim() ? null : t('nameMissing')),
      credentials: { phone_number_id: (value) => (value.trim() ? null : t('phoneNumberIdMissing')) },
    },
  })
  if (connection && isMoving) return <MoveDrawer connection={connection} onClose={onClose} />
  function submit(values: ConnectionValues): void {
    save.mutate(values, {
      onSuccess: (saved) => {
        onSaved(saved)
        void toast({ message: t('saved', { name: saved.name }) })
      },
      onError: (error) => showFieldErrors(form, error),
    })
  }
  const isElsewhere = save.isError && Object.keys(form.errors).length === 0
  return (
    <FormDrawer
      isOpen
      size={520}
      title={connection ? connection.name : t('add')}
      onClose={onClose}
      onSubmit={form.onSubmit(submit)}
      isBusy={save.isPending}
      error={isElsewhere ? errorText(save.error) : null}
      isReadOnly={!canWrite}
      aside={connection && canWrite && <DeleteConnection connection={connection} onDone={onClose} />}
      below={connection && <MoveButton connection={connection} onClick={() => setMoving(true)} />}
    >
      <GeneralFields form={form} />
      <AutomationFields form={form} isReadOnly={!canWrite} />
      <CredentialFields form={form} connection={connection} />
    </FormDrawer>
  )
}

interface FieldsProps {
  form: UseFormReturnType<ConnectionValues>
}

export function GeneralFields({ form }: FieldsProps) {
  const { t } = useTranslation('connections')
  const queues = useQueues()
  return (
    <>
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
      <NumberInput
        label={t('reopenMinutes')}
        description={t('reopenHint')}
        min={0}
        max={100_000}
        allowDecimal={false}
        {...form.getInputProps('reopen_minutes')}
      />
      <Switch
        label={t('isDefault')}
        description={t('isDefaultHint')}
        {...form.getInputProps('is_default', { type: 'checkbox' })}
      />
    </>
  )
}

export function DeleteConnection({ connection, onDone }: { connection: Connection; onDone: () => void }) {
  const { t } = useTranslation('connections')
  const remove = useDeleteConnection()
  return (
    <DeleteAfterAsking
      row={connection}
      remove={remove}
      label={t('delete')}
      title={t('deleteTitle', { name: connection.name })}
      onDone={onDone}
    >
      {t('deleteText')}
    </DeleteAfterAsking>
  )
}

export function valuesOf(connection: Connection | null): ConnectionValues {
  const {
    phone_number_id = '',
    waba_id = '',
    app_id = '',
    graph_version = '',
    api_root = '',
  } = connection?.credentials ?? {}
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
    credentials: {
      phone_number_id,
      waba_id,
      app_id,
      graph_version,
      api_root,
      app_secret: '',
      access_token: '',
    },
  }
}
