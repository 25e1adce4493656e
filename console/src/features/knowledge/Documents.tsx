/** The documents: given by drop, address or text; each says how far its reading is. */
import { Badge, Button, Group } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { KnowledgeDocument } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime, formatNumber } from '@/shared/lib/dates'
import { useCan } from '@/shared/session/store'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import { IconFileText, IconLink } from '@/shared/ui/icons'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { AddDrawer } from './AddDrawer'
import { DocumentDrawer } from './DocumentDrawer'
import { Drop } from './Drop'
import classes from './knowledge.module.css'
import { documentsQuery } from './queries'

export function Documents() {
  const { t } = useTranslation('knowledge')
  const canWrite = useCan('knowledge.write')
  const [adding, setAdding] = useState<'url' | 'text' | null>(null)
  return (
    <>
      {canWrite && (
        <Drop>
          <Group gap={8} justify="center">
            <Button variant="default" leftSection={<IconLink size={16} />} onClick={() => setAdding('url')}>
              {t('documents.addUrl')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconFileText size={16} />}
              onClick={() => setAdding('text')}
            >
              {t('documents.addText')}
            </Button>
          </Group>
        </Drop>
      )}
      <List />
      {adding && <AddDrawer kind={adding} onClose={() => setAdding(null)} />}
    </>
  )
}

function List() {
  const { t } = useTranslation('knowledge')
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(documentsQuery)
  const [opened, setOpened] = useState<number | null>(null)
  const columns: Column<KnowledgeDocument>[] = [
    {
      key: 'name',
      header: t('documents.name'),
      cell: ({ name }) => <span className="hd-ellipsis">{name}</span>,
    },
    { key: 'state', header: t('documents.state'), width: '34%', cell: (row) => <State {...row} /> },
    { key: 'sector', header: t('sector'), width: '140px', isWideOnly: true, cell: ({ sector }) => sector },
    {
      key: 'at',
      header: t('documents.at'),
      width: '180px',
      isWideOnly: true,
      cell: ({ created_at }) => <span className="hd-muted">{formatDateTime(created_at)}</span>,
    },
  ]
  if (isPending) return <Loading rows={4} />
  if (error && !data) return <Failed error={error} onRetry={() => void refetch()} />
  const rows = data.pages.flatMap((page) => page.results)
  const row = rows.find(({ id }) => id === opened)
  if (rows.length === 0)
    return (
      <Empty icon={IconFileText} title={t('documents.empty')}>
        {t('documents.emptyText')}
      </Empty>
    )
  return (
    <>
      <DataTable
        caption={t('tabs.documents')}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        onOpen={({ id }) => setOpened(id)}
        openLabel={({ name }) => name}
      />
      {hasNextPage && (
        <Button mt="md" variant="default" onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {row && <DocumentDrawer document={row} onClose={() => setOpened(null)} />}
    </>
  )
}

function State({ state, reason, chunks, embedded_with }: KnowledgeDocument) {
  const { t } = useTranslation('knowledge')
  return (
    <span className={classes.state}>
      <Badge variant="default">{t(`documents.states.${state}`)}</Badge>
      <span className="hd-muted">
        {state === 'failed' && t(`documents.reasons.${reason}`)}
        {state === 'ready' && t('documents.passages', { count: chunks, number: formatNumber(chunks) })}
        {state === 'ready' && !embedded_with && ` · ${t('documents.byWords')}`}
      </span>
    </span>
  )
}
