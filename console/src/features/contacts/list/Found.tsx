/** Who was found, with what can be done to them; or why nobody was. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { IconSearch, IconUsers } from '@/shared/ui/icons'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { contactsQuery, segmentsQuery } from '../queries'
import type { ContactsSearch } from '../search'
import { BulkBar } from './BulkBar'
import { ContactList } from './ContactList'
import { useColumns } from './columns'
import { Deleted } from './Deleted'
import classes from './list.module.css'
import { isEmpty, NOBODY } from './selection'
import { ViewMenu } from './ViewMenu'

interface FoundProps {
  search: ContactsSearch
  add: React.ReactNode
  onChange: (search: ContactsSearch) => void
}

export function Found({ search, add, onChange }: FoundProps) {
  const { t } = useTranslation('contacts')
  const canWrite = useCan('contacts.write')
  const [selection, setSelection] = useState(NOBODY)
  const { every, shown, toggle } = useColumns()
  const { data: segments = [] } = useQuery(segmentsQuery)
  const contacts = useInfiniteQuery(contactsQuery(search))
  const { hasNextPage, isFetching, fetchNextPage } = contacts
  const more = useCallback(() => {
    if (!isFetching) void fetchNextPage()
  }, [isFetching, fetchNextPage])
  if (contacts.isPending) return <Loading />
  if (contacts.isError) return <Failed error={contacts.error} onRetry={() => void contacts.refetch()} />
  const rows = contacts.data.pages.flatMap((page) => page.results)
  if (rows.length === 0) return <Nobody search={search} add={add} />
  if (search.deleted) return <Deleted contacts={rows} onMore={hasNextPage ? more : null} />
  const sort = search.sort ?? segments.find(({ id }) => id === search.segment)?.sort ?? 'newest'
  return (
    <>
      <div className={classes.view}>
        <span className="hd-muted">{t('shown', { count: rows.length, more: hasNextPage ? '+' : '' })}</span>
        <ViewMenu
          sort={sort}
          every={every}
          shown={shown}
          onSort={(next) => onChange({ ...search, sort: next })}
          onToggle={toggle}
        />
      </div>
      <ContactList
        contacts={rows}
        columns={shown}
        selection={selection}
        onSelect={canWrite ? setSelection : null}
        onMore={hasNextPage ? more : null}
      />
      {!isEmpty(selection) && (
        <BulkBar search={search} selection={selection} hasMore={hasNextPage} onSelect={setSelection} />
      )}
    </>
  )
}

function Nobody({ search, add }: { search: ContactsSearch; add: React.ReactNode }) {
  const { t } = useTranslation('contacts')
  if (search.deleted) return <Empty icon={IconUsers} title={t('noDeleted')} />
  if (search.search)
    return (
      <Empty icon={IconSearch} title={t('notFound', { search: search.search })}>
        {t('notFoundText')}
      </Empty>
    )
  if (search.filter || search.segment)
    return (
      <Empty icon={IconSearch} title={t('filter.nobody')}>
        {t('filter.nobodyText')}
      </Empty>
    )
  return (
    <Empty icon={IconUsers} title={t('empty')} action={add}>
      {t('emptyText')}
    </Empty>
  )
}
