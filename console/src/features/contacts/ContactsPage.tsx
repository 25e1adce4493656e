/** Everybody the company knows: found by words, narrowed by filters and segments, changed one by one or all at once. */
import { Button } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useActions } from '@/shared/actions/registry'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { IconPlus } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { NoPermission } from '@/shared/ui/states'
import { Found } from './list/Found'
import { JobCard } from './list/JobCard'
import { NewContactDrawer } from './list/NewContactDrawer'
import { PageMenu } from './list/PageMenu'
import { Segments } from './list/Segments'
import { Toolbar } from './list/Toolbar'
import type { ContactsSearch } from './search'

export function ContactsPage() {
  const { t } = useTranslation('contacts')
  const canRead = useCan('contacts.read')
  const canWrite = useCan('contacts.write')
  const search = useSearch({ from: '/shell/contacts' })
  const navigate = useNavigate()
  const [isAdding, setAdding] = useState(false)
  const change = (next: ContactsSearch) => void navigate({ to: '/contacts', search: next, replace: true })
  useActions(
    canWrite
      ? [
          {
            id: 'contacts.add',
            label: t('add'),
            group: t('title'),
            icon: IconPlus,
            perform: () => setAdding(true),
          },
        ]
      : [],
  )
  const add = canWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  )
  return (
    <Page
      title={search.deleted ? t('deletedTitle') : t('title')}
      actions={
        canRead && (
          <>
            <PageMenu search={search} onChange={change} />
            {!search.deleted && add}
          </>
        )
      }
    >
      {canRead ? (
        <>
          {!search.deleted && (
            <Segments
              chosen={search.segment}
              onChoose={(segment) => change({ search: search.search, ...(segment && { segment }) })}
            />
          )}
          <Toolbar search={search} onChange={change} />
          {canWrite && <JobCard />}
          <Found
            key={JSON.stringify({ ...search, sort: undefined })}
            search={search}
            add={add}
            onChange={change}
          />
        </>
      ) : (
        <NoPermission />
      )}
      {isAdding && <NewContactDrawer onClose={() => setAdding(false)} />}
    </Page>
  )
}
