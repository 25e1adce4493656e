/** Brings contacts in from a file, and shows the files that came before. */

import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ContactImport } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime, formatNumber } from '@/shared/lib/dates'
import { useCan } from '@/shared/session/store'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import { IconBack, IconFileSpreadsheet } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import one from '../one/one.module.css'
import { importsQuery } from './queries'
import { Upload } from './Upload'

export function ImportsPage() {
  const { t } = useTranslation('contacts')
  const canImport = useCan('contacts.import')
  return (
    <Page
      title={t('imports.title')}
      description={t('imports.text')}
      back={
        <Link to="/contacts" className={one.back} aria-label={t('back')}>
          <IconBack size={18} aria-hidden />
        </Link>
      }
    >
      {canImport ? (
        <>
          <Upload />
          <Earlier />
        </>
      ) : (
        <NoPermission />
      )}
    </Page>
  )
}

function Earlier() {
  const { t } = useTranslation('contacts')
  const navigate = useNavigate()
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(importsQuery)
  const columns: Column<ContactImport>[] = [
    {
      key: 'name',
      header: t('imports.file'),
      cell: ({ name }) => <span className="hd-ellipsis">{name}</span>,
    },
    {
      key: 'state',
      header: t('imports.state'),
      width: '150px',
      cell: ({ state }) => t(`imports.states.${state}`),
    },
    {
      key: 'rows',
      header: t('imports.result'),
      width: '30%',
      cell: (job) => (job.state === 'ready' ? t('imports.rows', { count: job.total }) : inWords(job)),
    },
    {
      key: 'at',
      header: t('imports.at'),
      width: '190px',
      isWideOnly: true,
      cell: ({ created_at }) => <span className="hd-muted">{formatDateTime(created_at)}</span>,
    },
  ]
  function inWords({ created, updated, failed }: ContactImport): string {
    return [
      t('imports.created', { count: created, number: formatNumber(created) }),
      updated > 0 && t('imports.updated', { count: updated, number: formatNumber(updated) }),
      failed > 0 && t('imports.failed', { count: failed, number: formatNumber(failed) }),
    ]
      .filter(Boolean)
      .join(' · ')
  }
  if (isPending) return <Loading rows={3} />
  if (error && !data) return <Failed error={error} onRetry={() => void refetch()} />
  const rows = data.pages.flatMap((page) => page.results)
  if (rows.length === 0)
    return (
      <Empty icon={IconFileSpreadsheet} title={t('imports.empty')}>
        {t('imports.emptyText')}
      </Empty>
    )
  return (
    <>
      <DataTable
        caption={t('imports.earlier')}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        onOpen={({ id }) =>
          void navigate({ to: '/contacts/imports/$import', params: { import: String(id) } })
        }
      />
      {hasNextPage && (
        <Button mt="md" variant="default" onClick={() => void fetchNextPage()}>
          {t('showMore')}
        </Button>
      )}
    </>
  )
}
