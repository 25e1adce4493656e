/** What every connection has, however the number is connected. */
import { NativeSelect, NumberInput, Switch, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { Connection } from '@/shared/api/types'
import { useQueues } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { DeleteAfterAsking } from '@/shared/ui/DeleteAfterAsking'
import { type ConnectionValues, useDeleteConnection } from './queries'

interface FieldsProps {
  form: UseFormReturnType<ConnectionValues>
}

export function GeneralFields({ form }: FieldsProps) {
  return (
    <>
      <PlaceFields form={form} />
      <HabitFields form={form} />
    </>
  )
}

/** What it is called and where its conversations go. */
export function PlaceFields({ form }: FieldsProps) {
  const { t } = useTranslation('connections')
  const queues = useQueues()
  return (
    <>
      <TextInput
        label={t('name')}
        description={t('nameHint')}
        data-autofocus
        maxLength={60}
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
    </>
  )
}

export function HabitFields({ form }: FieldsProps) {
  const { t } = useTranslation('connections')
  return (
    <>
      <NumberInput
        label={t('reopenMinutes')}
        description={t('reopenHint')}
        min={0}
        max={43_200}
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
