/** What the company promises its customers: how soon somebody replies and when the matter is settled. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useActions } from '@/shared/actions/registry'
import type { SlaPolicy } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { DeletedList } from '@/shared/ui/DeletedList'
import { IconClock, IconPlus } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import { PolicyDrawer } from './PolicyDrawer'
import { PolicyTable } from './PolicyTable'
import { deletedPoliciesQuery, policiesQuery, useRestorePolicy } from './queries'

export function SlaPage() {
  const { t } = useTranslation('sla')
  const canRead = useCan('company.read')
  const canWrite = useCan('company.write')
  const [edited, setEdited] = useState<SlaPolicy | 'new' | null>(null)
  const open = () => setEdited('new')
  useActions(
    canWrite ? [{ id: 'sla.add', label: t('add'), group: t('title'), icon: IconPlus, perform: open }] : [],
  )
  const add = canWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={open}>
      {t('add')}
    </Button>
  )
  return (
    <Page title={t('title')} description={t('text')} actions={add}>
      {canRead ? <Policies add={add} onOpen={setEdited} /> : <NoPermission />}
      {canWrite && <Deleted />}
      {edited && <PolicyDrawer policy={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Page>
  )
}

function Policies({ add, onOpen }: { add: React.ReactNode; onOpen: (policy: SlaPolicy) => void }) {
  const { t } = useTranslation('sla')
  const policies = useQuery(policiesQuery)
  if (policies.isPending) return <Loading rows={3} />
  if (policies.isError) return <Failed error={policies.error} onRetry={() => void policies.refetch()} />
  if (policies.data.length === 0) {
    return (
      <Empty icon={IconClock} title={t('empty')} action={add}>
        {t('emptyText')}
      </Empty>
    )
  }
  return <PolicyTable policies={policies.data} onOpen={onOpen} />
}

function Deleted() {
  const { t } = useTranslation('sla')
  const { data } = useQuery(deletedPoliciesQuery)
  return (
    <DeletedList
      title={t('deleted', { count: data?.length ?? 0 })}
      rows={data}
      label={t('restore')}
      labelOf={(name) => t('restoreOne', { name })}
      restore={useRestorePolicy()}
    />
  )
}
