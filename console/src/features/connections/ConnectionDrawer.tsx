/** Add or edit a number of the WhatsApp Cloud API. */
import { useForm } from '@mantine/form'
import { useState } from 'react'
import type { Connection } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { toast } from '@/shared/ui/toast'
import { AutomationFields } from './AutomationFields'
import { DeleteConnection, GeneralFields, valuesOf } from './general'
import { MoveButton } from './moving/MoveButton'
import { MoveDrawer } from './moving/MoveDrawer'
import { CredentialFields } from './onboarding/CredentialFields'
import { type ConnectionValues, useSaveConnection } from './queries'
import { useFieldErrors, useRefusal } from './refusals'

interface ConnectionDrawerProps {
  connection: Connection | null
  onClose: () => void
  onSaved: (saved: Connection) => void
}

export function ConnectionDrawer({ connection, onClose, onSaved }: ConnectionDrawerProps) {
  const { t } = useTranslation('connections')
  const canWrite = useCan('connections.write')
  const refusal = useRefusal()
  const showFieldErrors = useFieldErrors()
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
      error={isElsewhere ? refusal(save.error) : null}
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
