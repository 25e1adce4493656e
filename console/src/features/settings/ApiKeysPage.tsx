/** Keys for other programs: made here, shown once, revoked here. */
import { Badge, Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApiKey } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDate } from '@/shared/lib/dates'
import { useCan } from '@/shared/session/store'
import { ConfirmDialog } from '@/shared/ui/ConfirmDialog'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import { IconKey, IconPlus } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { toast } from '@/shared/ui/toast'
import { ApiKeyDrawer } from './ApiKeyDrawer'
import classes from './forms.module.css'
import { apiKeysQuery, useRevokeApiKey } from './queries'

export function ApiKeysPage() {
  const { t } = useTranslation('settings')
  const canWrite = useCan('api_keys.write')
  const [isAdding, setAdding] = useState(false)
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t('apiKeys.add')}
    </Button>
  )
  return (
    <Page title={t('apiKeys.title')} description={t('apiKeys.text')} actions={canWrite && add}>
      {canWrite ? <KeyList add={add} /> : <NoPermission />}
      {isAdding && <ApiKeyDrawer onClose={() => setAdding(false)} />}
    </Page>
  )
}

function KeyList({ add }: { add: React.ReactNode }) {
  const { t } = useTranslation('settings')
  const keys = useQuery(apiKeysQuery)
  const columns = useColumns()
  const [revoked, setRevoked] = useState<ApiKey | null>(null)
  if (keys.isPending) return <Loading rows={3} />
  if (keys.isError) return <Failed error={keys.error} onRetry={() => void keys.refetch()} />
  if (keys.data.length === 0) {
    return (
      <Empty icon={IconKey} title={t('apiKeys.empty')} action={add}>
        {t('apiKeys.emptyText')}
      </Empty>
    )
  }
  return (
    <>
      <DataTable
        caption={t('apiKeys.title')}
        columns={columns}
        rows={keys.data}
        rowKey={({ id }) => id}
        isDimmed={({ is_active }) => !is_active}
        actionsLabel={t('apiKeys.revoke')}
        actionsWidth="112px"
        actions={(key) =>
          key.is_active && (
            <Button
              variant="default"
              size="xs"
              aria-label={t('apiKeys.revokeOne', { name: key.name })}
              onClick={() => setRevoked(key)}
            >
              {t('apiKeys.revoke')}
            </Button>
          )
        }
      />
      <RevokeDialog apiKey={revoked} onClose={() => setRevoked(null)} />
    </>
  )
}

function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKey | null; onClose: () => void }) {
  const { t } = useTranslation('settings')
  const revoke = useRevokeApiKey()
  const errorText = useErrorText()
  function confirm(): void {
    if (!apiKey) return
    revoke.mutate(apiKey.id, {
      onSuccess: onClose,
      onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
    })
  }
  return (
    <ConfirmDialog
      isOpen={apiKey !== null}
      title={t('apiKeys.revokeTitle', { name: apiKey?.name ?? '' })}
      confirmLabel={t('apiKeys.revoke')}
      isBusy={revoke.isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      {t('apiKeys.revokeText')}
    </ConfirmDialog>
  )
}

function useColumns(): Column<ApiKey>[] {
  const { t } = useTranslation('settings')
  return [
    {
      key: 'name',
      header: t('apiKeys.name'),
      cell: ({ name, prefix, is_active }) => (
        <span className={classes.stack}>
          <span className="hd-ellipsis">
            {name} {!is_active && `· ${t('apiKeys.revoked')}`}
          </span>
          <code className="hd-muted">{prefix}…</code>
        </span>
      ),
    },
    {
      key: 'scopes',
      header: t('apiKeys.scopes'),
      width: '220px',
      cell: ({ scopes }) => (
        <Group gap={4}>
          {scopes.map((scope) => (
            <Badge key={scope} variant="light" color="gray" tt="none">
              {t(`apiKeys.scope.${scope}`)}
            </Badge>
          ))}
        </Group>
      ),
    },
    {
      key: 'used',
      header: t('apiKeys.lastUsed'),
      width: '150px',
      cell: ({ last_used_at }) => (last_used_at ? <TimeAgo at={last_used_at} /> : t('apiKeys.never')),
    },
    {
      key: 'expires',
      header: t('apiKeys.expires'),
      width: '150px',
      cell: ({ expires_at }) => (expires_at ? formatDate(expires_at) : t('apiKeys.noExpiry')),
    },
  ]
}
