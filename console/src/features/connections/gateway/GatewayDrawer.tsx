/** Add or edit a number that an HTTP gateway carries. */
import { useForm } from '@mantine/form'
import { useState } from 'react'
import type { Connection } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { toast } from '@/shared/ui/toast'
import { AutomationFields } from '../AutomationFields'
import { DeleteConnection, GeneralFields, valuesOf } from '../general'
import { MoveButton } from '../moving/MoveButton'
import { MoveDrawer } from '../moving/MoveDrawer'
import { useSaveGateway } from '../moving/queries'
import { useWayErrors, type WayValues } from '../moving/ways'
import { useFieldErrors, useRefusal } from '../refusals'
import { GatewayFields, Risk } from './GatewayFields'

interface GatewayDrawerProps {
  connection: Connection | null
  onClose: () => void
  onSaved: (saved: Connection) => void
}

/** As the dialog with the ways to connect opens it. */
export function NewGatewayDrawer(props: Omit<GatewayDrawerProps, 'connection'>) {
  return <GatewayDrawer connection={null} {...props} />
}

export function GatewayDrawer({ connection, onClose, onSaved }: GatewayDrawerProps) {
  const { t } = useTranslation('connections')
  const canWrite = useCan('connections.write')
  const refusal = useRefusal()
  const showFieldErrors = useFieldErrors()
  const errorsOf = useWayErrors()
  const save = useSaveGateway(connection)
  const [isMoving, setMoving] = useState(false)
  const form = useForm<WayValues>({
    initialValues: { ...valuesOf(connection), kind: 'gateway', accepts_risk: connection !== null },
    validate: (values) => ({
      ...(values.name.trim() ? {} : { name: t('nameMissing') }),
      ...errorsOf(values, connection),
    }),
  })
  if (connection && isMoving) return <MoveDrawer connection={connection} onClose={onClose} />
  function submit(values: WayValues): void {
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
      title={connection ? connection.name : t('kinds.gateway.title')}
      onClose={onClose}
      onSubmit={form.onSubmit(submit)}
      isBusy={save.isPending}
      error={isElsewhere ? refusal(save.error) : null}
      isReadOnly={!canWrite}
      aside={connection && canWrite && <DeleteConnection connection={connection} onDone={onClose} />}
      below={connection && <MoveButton connection={connection} onClick={() => setMoving(true)} />}
    >
      <GeneralFields form={form as never} />
      {connection && <AutomationFields form={form as never} isReadOnly={!canWrite} />}
      <GatewayFields form={form} kept={connection} />
      {!connection && <Risk form={form} words="gateway" />}
    </FormDrawer>
  )
}
