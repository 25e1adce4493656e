/** The company's numbers and how they are doing. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useActions } from '@/shared/actions/registry'
import type { Connection } from '@/shared/api/types'
import { connectionsQuery } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { IconConnection, IconPlus } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import { ConnectionCard } from './ConnectionCard'
import { ConnectionDrawer } from './ConnectionDrawer'
import classes from './connections.module.css'
import { DeletedConnections } from './DeletedConnections'
import { LinkPhone } from './devices/LinkPhone'
import { PhoneCard } from './devices/PhoneCard'
import { GatewayDrawer } from './gateway/GatewayDrawer'
import { GatewaySetup } from './gateway/GatewaySetup'
import { ConnectDialog } from './onboarding/ConnectDialog'
import { SetupDrawer } from './SetupDrawer'

type Opened = { what: 'edit' | 'setup'; id: number } | { what: 'new' }

export function ConnectionsPage() {
  const { t } = useTranslation('connections')
  const canRead = useCan('connections.read')
  const canWrite = useCan('connections.write')
  const [opened, setOpened] = useState<Opened | null>(null)
  useActions(
    canWrite
      ? [
          {
            id: 'connections.add',
            label: t('add'),
            group: t('title'),
            icon: IconPlus,
            perform: () => setOpened({ what: 'new' }),
          },
        ]
      : [],
  )
  const add = canWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setOpened({ what: 'new' })}>
      {t('add')}
    </Button>
  )
  return (
    <Page title={t('title')} description={t('text')} actions={add}>
      {canRead ? <Connections add={add} opened={opened} onOpen={setOpened} /> : <NoPermission />}
      {canWrite && <LinkPhone />}
      {canWrite && <DeletedConnections />}
    </Page>
  )
}

interface ConnectionsProps {
  add: React.ReactNode
  opened: Opened | null
  onOpen: (opened: Opened | null) => void
}

function Connections({ add, opened, onOpen }: ConnectionsProps) {
  const { t } = useTranslation('connections')
  const connections = useQuery(connectionsQuery)
  if (connections.isPending) return <Loading rows={2} height={120} />
  if (connections.isError)
    return <Failed error={connections.error} onRetry={() => void connections.refetch()} />
  const find = (id: number) => connections.data.find((connection) => connection.id === id)
  const edited = opened?.what === 'edit' ? find(opened.id) : undefined
  const explained = opened?.what === 'setup' ? find(opened.id) : undefined
  return (
    <>
      {connections.data.length === 0 && (
        <Empty icon={IconConnection} title={t('empty')} action={add}>
          {t('emptyText')}
        </Empty>
      )}
      <ul className={classes.list}>
        {connections.data.map((connection) =>
          connection.kind === 'qr' ? (
            <PhoneCard key={connection.id} connection={connection} />
          ) : (
            <ConnectionCard
              key={connection.id}
              connection={connection}
              onEdit={() => onOpen({ what: 'edit', id: connection.id })}
              onSetup={() => onOpen({ what: 'setup', id: connection.id })}
            />
          ),
        )}
      </ul>
      {edited?.kind === 'gateway' && (
        <GatewayDrawer connection={edited} onClose={() => onOpen(null)} onSaved={() => onOpen(null)} />
      )}
      {edited?.kind === 'cloud_api' && (
        <ConnectionDrawer connection={edited} onClose={() => onOpen(null)} onSaved={() => onOpen(null)} />
      )}
      {opened?.what === 'new' && (
        <ConnectDialog
          onClose={() => onOpen(null)}
          // What is left to do with a new number, at Meta and here.
          onSaved={(saved: Connection) => onOpen({ what: 'setup', id: saved.id })}
        />
      )}
      {explained?.kind === 'gateway' && <GatewaySetup connection={explained} onClose={() => onOpen(null)} />}
      {explained?.kind === 'cloud_api' && <SetupDrawer connection={explained} onClose={() => onOpen(null)} />}
    </>
  )
}
