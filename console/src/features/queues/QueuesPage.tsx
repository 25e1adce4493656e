/** The queues in which conversations wait. */
import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useActions } from '@/shared/actions/registry'
import type { Queue } from '@/shared/api/types'
import { queuesQuery } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { IconPlus, IconQueue } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import { DeletedQueues } from './DeletedQueues'
import { Presets } from './Presets'
import { QueueDrawer } from './QueueDrawer'
import { QueueList } from './QueueList'

export function QueuesPage() {
  const { t } = useTranslation('queues')
  const canRead = useCan('queues.read')
  const canWrite = useCan('queues.write')
  const [edited, setEdited] = useState<Queue | 'new' | null>(null)
  useActions(
    canWrite
      ? [
          {
            id: 'queues.add',
            label: t('add'),
            group: t('title'),
            icon: IconPlus,
            perform: () => setEdited('new'),
          },
        ]
      : [],
  )
  const add = canWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
      {t('add')}
    </Button>
  )
  return (
    <Page title={t('title')} description={t('text')} actions={add}>
      {canRead ? <Queues add={add} onOpen={setEdited} /> : <NoPermission />}
      {canWrite && <DeletedQueues />}
      {edited && <QueueDrawer queue={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Page>
  )
}

function Queues({ add, onOpen }: { add: React.ReactNode; onOpen: (queue: Queue) => void }) {
  const { t } = useTranslation('queues')
  const queues = useQuery(queuesQuery)
  if (queues.isPending) return <Loading />
  if (queues.isError) return <Failed error={queues.error} onRetry={() => void queues.refetch()} />
  if (queues.data.length === 0) {
    const start = add && (
      <Group gap="xs" justify="center">
        {add}
        <Presets />
      </Group>
    )
    return (
      <Empty icon={IconQueue} title={t('empty')} action={start}>
        {t('emptyText')}
      </Empty>
    )
  }
  return (
    <QueueList
      queues={[...queues.data].sort((a, b) => a.position - b.position || a.id - b.id)}
      onOpen={onOpen}
    />
  )
}
