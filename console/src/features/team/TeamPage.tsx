/** The people of the company. */
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useActions } from '@/shared/actions/registry'
import type { User } from '@/shared/api/types'
import { usersQuery } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { IconPlus, IconSearch, IconTeam } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import { TeamTable } from './TeamTable'
import { UserDrawer } from './UserDrawer'

export function TeamPage() {
  const { t } = useTranslation('team')
  const canRead = useCan('users.read')
  const canWrite = useCan('users.write')
  const [edited, setEdited] = useState<User | 'new' | null>(null)
  useActions(
    canWrite
      ? [
          {
            id: 'team.add',
            label: t('add'),
            group: t('title'),
            icon: IconPlus,
            perform: () => setEdited('new'),
          },
        ]
      : [],
  )
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
      {t('add')}
    </Button>
  )
  return (
    <Page title={t('title')} description={t('text')} actions={canWrite && add}>
      {canRead ? <People onOpen={setEdited} /> : <NoPermission />}
      {edited && <UserDrawer user={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Page>
  )
}

function People({ onOpen }: { onOpen: (user: User) => void }) {
  const { t } = useTranslation('team')
  const users = useQuery(usersQuery)
  const [search, setSearch] = useState('')
  if (users.isPending) return <Loading />
  if (users.isError) return <Failed error={users.error} onRetry={() => void users.refetch()} />
  const found = sorted(users.data).filter(({ name, email }) => matches(`${name} ${email}`, search))
  return (
    <>
      {users.data.length > 8 && (
        <TextInput
          mb="sm"
          maw={320}
          leftSection={<IconSearch size={16} />}
          aria-label={t('search')}
          placeholder={t('search')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {found.length > 0 ? (
        <TeamTable users={found} onOpen={onOpen} />
      ) : (
        <Empty icon={IconTeam} title={t('nobodyFound')} />
      )}
    </>
  )
}

/** Who works here first, by name; those who left at the end. */
function sorted(users: readonly User[]): User[] {
  return [...users].sort((a, b) => Number(b.is_active) - Number(a.is_active) || a.name.localeCompare(b.name))
}

function matches(text: string, search: string): boolean {
  const plain = (value: string) => value.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return plain(text).includes(plain(search.trim()))
}
