/** The company's accounts at AI providers: which work, which models they serve, what is left of the budget. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import { DeletedList } from '@/shared/ui/DeletedList'
import { IconDone, IconPlus, IconRobot, IconWarning } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import classes from './ai.module.css'
import { Budget } from './Budget'
import { ProviderDrawer } from './ProviderDrawer'
import { deletedProvidersQuery, type Provider, providersQuery, useProviderChanges } from './queries'

export function ProvidersPage() {
  const { t } = useTranslation('ai')
  const canRead = useCan('ai.read')
  const canWrite = useCan('ai.write')
  const [opened, setOpened] = useState<Provider | 'new' | null>(null)
  const add = canWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setOpened('new')}>
      {t('add')}
    </Button>
  )
  return (
    <Page title={t('providers')} description={t('providersText')} actions={add}>
      {canRead ? <Providers add={add} onOpen={setOpened} /> : <NoPermission />}
      {canWrite && <Deleted />}
      {opened && (
        <ProviderDrawer
          provider={opened === 'new' ? null : opened}
          onSaved={setOpened}
          onClose={() => setOpened(null)}
        />
      )}
    </Page>
  )
}

function Providers({ add, onOpen }: { add: ReactNode; onOpen: (provider: Provider) => void }) {
  const { t } = useTranslation('ai')
  const providers = useQuery(providersQuery)
  if (providers.isPending) return <Loading />
  if (providers.isError) return <Failed error={providers.error} onRetry={() => void providers.refetch()} />
  if (providers.data.length === 0)
    return (
      <Empty icon={IconRobot} title={t('noProviders')} action={add}>
        {t('noProvidersText')}
      </Empty>
    )
  const columns: Column<Provider>[] = [
    { key: 'name', header: t('name'), cell: (row) => <Name provider={row} /> },
    { key: 'state', header: t('state'), width: '210px', cell: (row) => <State provider={row} /> },
    { key: 'budget', header: t('thisMonth'), width: '240px', cell: (row) => <Budget provider={row} /> },
  ]
  return (
    <DataTable
      caption={t('providers')}
      columns={columns}
      rows={providers.data}
      rowKey={({ id }) => id}
      onOpen={onOpen}
      isDimmed={({ is_on }) => !is_on}
      hasLabels
    />
  )
}

function Name({ provider }: { provider: Provider }) {
  const { t } = useTranslation('ai')
  const models = [provider.chat_model, provider.embedding_model].filter(Boolean).join(' · ')
  return (
    <span className={classes.name}>
      <strong>{provider.name}</strong>
      {provider.is_default && <span className={classes.tag}>{t('default')}</span>}
      {provider.is_scripted && (
        <span className={classes.tag} data-tone="warning">
          {t('scripted')}
        </span>
      )}
      <small>{models || t('noModels')}</small>
    </span>
  )
}

function State({ provider }: { provider: Provider }) {
  const { t } = useTranslation('ai')
  if (!provider.is_on) return <span className="hd-muted">{t('off')}</span>
  if (!provider.trouble && !provider.checked_at) return <span className="hd-muted">{t('unchecked')}</span>
  const Sign = provider.trouble ? IconWarning : IconDone
  return (
    <span className={classes.state} data-tone={provider.trouble ? 'danger' : 'good'}>
      <Sign size={16} aria-hidden />
      {provider.trouble ? t(`why.${provider.trouble}`) : t('works')}
    </span>
  )
}

function Deleted() {
  const { t } = useTranslation('ai')
  const { data } = useQuery(deletedProvidersQuery)
  return (
    <DeletedList
      title={t('deleted', { count: data?.length ?? 0 })}
      rows={data}
      label={t('restore')}
      labelOf={(name) => t('restoreOne', { name })}
      restore={useProviderChanges(null).restore}
    />
  )
}
