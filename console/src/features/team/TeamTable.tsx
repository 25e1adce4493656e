/** People with role, queues and presence. */
import { Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { User } from '@/shared/api/types'
import { useQueues } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { useConnection } from '@/shared/realtime/connection'
import { Avatar } from '@/shared/ui/Avatar'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { Load } from './Load'
import { workloadQuery } from './queries'
import classes from './team.module.css'

interface TeamTableProps {
  users: readonly User[]
  onOpen: (user: User) => void
}

export function TeamTable({ users, onOpen }: TeamTableProps) {
  const { t } = useTranslation('team')
  return (
    <DataTable
      caption={t('title')}
      columns={useColumns()}
      rows={users}
      rowKey={({ id }) => id}
      onOpen={onOpen}
      hasAvatar
      isDimmed={({ is_active }) => !is_active}
    />
  )
}

function useColumns(): Column<User>[] {
  const { t } = useTranslation('team')
  const { data: loads } = useQuery(workloadQuery)
  return [
    { key: 'name', header: t('name'), cell: (user) => <Person user={user} /> },
    {
      key: 'role',
      header: t('role'),
      width: '150px',
      cell: ({ role, is_active }) =>
        is_active ? (
          t(`roles.${role}`)
        ) : (
          <Badge variant="light" color="gray" tt="none">
            {t('inactive')}
          </Badge>
        ),
    },
    {
      key: 'load',
      header: t('load.title'),
      width: '116px',
      cell: ({ id, is_active }) => is_active && <Load load={loads?.find(({ user }) => user === id)} />,
    },
    {
      key: 'queues',
      header: t('queues'),
      width: '22%',
      cell: ({ queues }) => <QueueNames ids={queues} />,
      isWideOnly: true,
    },
    {
      key: 'seen',
      header: t('presence'),
      width: '150px',
      cell: (user) => <Seen user={user} />,
      isWideOnly: true,
    },
  ]
}

function Person({ user }: { user: User }) {
  const presence = useLivePresence(user)
  return (
    <span className={classes.person}>
      <Avatar name={user.name} size={34} presence={user.is_active ? presence : undefined} />
      <span className={classes.names}>
        <span className="hd-ellipsis">{user.name}</span>
        <span className={classes.email}>{user.email}</span>
      </span>
    </span>
  )
}

function QueueNames({ ids }: { ids: readonly number[] }) {
  const { t } = useTranslation('team')
  const names = useQueues()
    .filter(({ id }) => ids.includes(id))
    .map(({ name }) => name)
  if (names.length === 0) return <span className="hd-muted">{t('noQueues')}</span>
  return (
    <span className={classes.clamp} title={names.join(', ')}>
      {names.join(', ')}
    </span>
  )
}

function Seen({ user }: { user: User }) {
  const { t } = useTranslation('team')
  const presence = useLivePresence(user)
  if (!user.is_active) return null
  if (presence !== 'offline') return <>{t(`presences.${presence}`)}</>
  return user.last_seen_at ? <TimeAgo at={user.last_seen_at} className="hd-muted" /> : t('neverSeen')
}

/** The socket knows better than the row that was read when the page opened. */
function useLivePresence(user: User): User['presence'] {
  return useConnection(
    ({ presence, state }) => presence[user.id] ?? (state === 'open' ? 'offline' : user.presence),
  )
}
