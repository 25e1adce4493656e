/** Everybody who ever wrote, found by name, number or username. */
import { Button, CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useActions } from '@/shared/actions/registry'
import type { Contact } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { IconPlus, IconSearch, IconUsers } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import { ContactDrawer } from './ContactDrawer'
import { ContactTable } from './ContactTable'
import classes from './contacts.module.css'
import { contactQuery, contactsQuery } from './queries'

export function ContactsPage() {
  const { t } = useTranslation('contacts')
  const canRead = useCan('contacts.read')
  const canWrite = useCan('contacts.write')
  const { search = '', contact } = useSearch({ from: '/shell/contacts' })
  const [opened, setOpened] = useState<Contact | 'new' | null>(null)
  useActions(
    canWrite
      ? [
          {
            id: 'contacts.add',
            label: t('add'),
            group: t('title'),
            icon: IconPlus,
            perform: () => setOpened('new'),
          },
        ]
      : [],
  )
  const add = canWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setOpened('new')}>
      {t('add')}
    </Button>
  )
  return (
    <Page title={t('title')} actions={add}>
      {canRead ? (
        <>
          <SearchField search={search} />
          <Found search={search} add={add} onOpen={setOpened} />
        </>
      ) : (
        <NoPermission />
      )}
      {canRead && contact && !opened && <LinkedContact key={contact} id={contact} />}
      {opened && <ContactDrawer contact={opened === 'new' ? null : opened} onClose={() => setOpened(null)} />}
    </Page>
  )
}

/** The contact that a link leads to, wherever it is in the list. */
function LinkedContact({ id }: { id: number }) {
  const navigate = useNavigate()
  const { data } = useQuery(contactQuery(id))
  const close = () =>
    void navigate({ to: '/contacts', search: ({ search }) => (search ? { search } : {}), replace: true })
  return data ? <ContactDrawer contact={data} onClose={close} /> : null
}

function SearchField({ search }: { search: string }) {
  const { t } = useTranslation('contacts')
  const navigate = useNavigate()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(search)
  const remember = useDebouncedCallback((value: string) => {
    void navigate({ to: '/contacts', search: value.trim() ? { search: value.trim() } : {}, replace: true })
  }, 250)
  function change(value: string): void {
    setText(value)
    remember(value)
  }
  useActions([
    {
      id: 'contacts.search',
      label: t('search'),
      group: t('title'),
      icon: IconSearch,
      shortcut: 'search',
      perform: () => field.current?.focus(),
    },
  ])
  return (
    <TextInput
      ref={field}
      className={classes.search}
      type="search"
      aria-label={t('search')}
      placeholder={t('search')}
      leftSection={<IconSearch size={16} />}
      rightSection={text && <CloseButton size="sm" aria-label={t('clear')} onClick={() => change('')} />}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}

interface FoundProps {
  search: string
  add: React.ReactNode
  onOpen: (contact: Contact) => void
}

function Found({ search, add, onOpen }: FoundProps) {
  const { t } = useTranslation('contacts')
  const contacts = useInfiniteQuery(contactsQuery(search))
  if (contacts.isPending) return <Loading />
  if (contacts.isError) return <Failed error={contacts.error} onRetry={() => void contacts.refetch()} />
  const rows = contacts.data.pages.flatMap((page) => page.results)
  if (rows.length === 0) {
    return search ? (
      <Empty icon={IconSearch} title={t('notFound', { search })}>
        {t('notFoundText')}
      </Empty>
    ) : (
      <Empty icon={IconUsers} title={t('empty')} action={add}>
        {t('emptyText')}
      </Empty>
    )
  }
  return (
    <div aria-busy={contacts.isPlaceholderData}>
      <ContactTable contacts={rows} onOpen={onOpen} />
      {contacts.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={contacts.isFetchingNextPage}
          onClick={() => void contacts.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
    </div>
  )
}
