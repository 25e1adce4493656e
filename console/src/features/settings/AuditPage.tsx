/** Who did what, newest first. */
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { AuditEntry } from '@/shared/api/types'
import { useUsers } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime } from '@/shared/lib/dates'
import { useCan } from '@/shared/session/store'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import { IconHistory } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import { auditQuery } from './queries'

export function AuditPage() {
  const { t } = useTranslation('settings')
  return (
    <Page title={t('audit.title')} description={t('audit.text')}>
      {useCan('audit.read') ? <AuditList /> : <NoPermission />}
    </Page>
  )
}

function AuditList() {
  const { t } = useTranslation('settings')
  const audit = useInfiniteQuery(auditQuery)
  const columns = useColumns()
  if (audit.isPending) return <Loading />
  if (audit.isError) return <Failed error={audit.error} onRetry={() => void audit.refetch()} />
  const rows = audit.data.pages.flatMap((page) => page.results)
  if (rows.length === 0) return <Empty icon={IconHistory} title={t('audit.empty')} />
  return (
    <>
      <DataTable hasLabels caption={t('audit.title')} columns={columns} rows={rows} rowKey={({ id }) => id} />
      {audit.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={audit.isFetchingNextPage}
          onClick={() => void audit.fetchNextPage()}
        >
          {t('audit.more')}
        </Button>
      )}
    </>
  )
}

function useColumns(): Column<AuditEntry>[] {
  const { t } = useTranslation('settings')
  return [
    {
      key: 'action',
      header: t('audit.action'),
      width: '34%',
      cell: ({ action }) => t(`audit.actions.${action.replaceAll('.', '_')}`, { defaultValue: action }),
    },
    { key: 'target', header: t('audit.target'), width: '26%', cell: (entry) => <Target entry={entry} /> },
    { key: 'actor', header: t('audit.actor'), cell: ({ actor }) => actor?.name ?? t('audit.system') },
    {
      key: 'at',
      header: t('audit.at'),
      width: '216px',
      cell: ({ at }) => <time dateTime={at}>{formatDateTime(at)}</time>,
    },
  ]
}

/** `user:7` as a name where one is known: from the entry itself, else from the team. */
function Target({ entry: { target, data } }: { entry: AuditEntry }) {
  const { t } = useTranslation('settings')
  const users = useUsers()
  const [kind = '', id] = target.split(':')
  const name =
    typeof data.name === 'string'
      ? data.name
      : kind === 'user' && users.find((user) => String(user.id) === id)?.name
  if (name) return <>{name}</>
  return <>{id ? `${t(`audit.kinds.${kind}`, { defaultValue: kind })} ${id}` : target}</>
}
