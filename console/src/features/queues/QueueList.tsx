/** Queues in their order; buttons move one up or down. */
import { ActionIcon, Tooltip } from '@mantine/core'
import type { Queue } from '@/shared/api/types'
import { useUsers } from '@/shared/directory/queries'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { announce } from '@/shared/ui/announce'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import { IconArrowDown, IconArrowUp } from '@/shared/ui/icons'
import { toast } from '@/shared/ui/toast'
import { useReorderQueues } from './queries'
import classes from './queues.module.css'

interface QueueListProps {
  /** In order. */
  queues: Queue[]
  onOpen: (queue: Queue) => void
}

export function QueueList({ queues, onOpen }: QueueListProps) {
  const { t } = useTranslation('queues')
  const canWrite = useCan('queues.write')
  return (
    <DataTable
      caption={t('title')}
      columns={useColumns()}
      rows={queues}
      rowKey={({ id }) => id}
      onOpen={onOpen}
      actionsLabel={t('order')}
      actionsWidth="88px"
      actions={canWrite && queues.length > 1 ? (queue) => <Order queues={queues} queue={queue} /> : undefined}
    />
  )
}

function Order({ queues, queue }: { queues: Queue[]; queue: Queue }) {
  const { t } = useTranslation('queues')
  const reorder = useReorderQueues()
  const errorText = useErrorText()
  const place = queues.findIndex(({ id }) => id === queue.id)
  function move(to: number): void {
    const ordered = queues.toSpliced(place, 1).toSpliced(to, 0, queue)
    announce(t('moved', { name: queue.name, place: to + 1, total: queues.length }))
    reorder.mutate(ordered, { onError: (error) => void toast({ message: errorText(error), tone: 'danger' }) })
  }
  return (
    <span className={classes.order}>
      <Tooltip label={t('up')}>
        <ActionIcon
          disabled={place === 0}
          aria-label={t('upOne', { name: queue.name })}
          onClick={() => move(place - 1)}
        >
          <IconArrowUp size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('down')}>
        <ActionIcon
          disabled={place === queues.length - 1}
          aria-label={t('downOne', { name: queue.name })}
          onClick={() => move(place + 1)}
        >
          <IconArrowDown size={16} />
        </ActionIcon>
      </Tooltip>
    </span>
  )
}

function useColumns(): Column<Queue>[] {
  const { t } = useTranslation('queues')
  const users = useUsers()
  return [
    {
      key: 'name',
      header: t('name'),
      cell: ({ name, color }) => (
        <span className={classes.name}>
          <span className={classes.dot} style={{ background: color }} />
          <span className="hd-ellipsis">{name}</span>
        </span>
      ),
    },
    {
      key: 'distribution',
      header: t('distribution.column'),
      width: '150px',
      cell: ({ assignment }) => t(`distribution.short.${assignment}`),
      isWideOnly: true,
    },
    {
      key: 'members',
      header: t('members'),
      width: '42%',
      cell: ({ members }) => {
        const names = users
          .filter(({ id, is_active }) => is_active && members.includes(id))
          .map(({ name }) => name)
        if (names.length === 0) return <span className={classes.nobody}>{t('nobody')}</span>
        return (
          <span className={classes.members} title={names.join(', ')}>
            {names.join(', ')}
          </span>
        )
      },
    },
  ]
}
