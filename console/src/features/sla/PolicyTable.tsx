/** Policies in the order in which they are asked: the first that fits a ticket counts, the default comes last. */
import { ActionIcon, Badge, Tooltip } from '@mantine/core'
import type { SlaPolicy } from '@/shared/api/types'
import { useConnections, useQueues } from '@/shared/directory/queries'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { formatMinutes } from '@/shared/lib/dates'
import { useCan } from '@/shared/session/store'
import { announce } from '@/shared/ui/announce'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import { IconArrowDown, IconArrowUp } from '@/shared/ui/icons'
import { toast } from '@/shared/ui/toast'
import { PROMISES, useReorderPolicies } from './queries'
import classes from './sla.module.css'

interface PolicyTableProps {
  policies: SlaPolicy[]
  onOpen: (policy: SlaPolicy) => void
}

export function PolicyTable({ policies, onOpen }: PolicyTableProps) {
  const { t } = useTranslation('sla')
  const canWrite = useCan('company.write')
  // The default is for what no other fits, wherever it stands.
  const ordered = [
    ...policies.filter(({ is_default }) => !is_default),
    ...policies.filter(({ is_default }) => is_default),
  ]
  const canOrder = canWrite && ordered.filter(({ is_default }) => !is_default).length > 1
  return (
    <DataTable
      caption={t('title')}
      columns={useColumns()}
      rows={ordered}
      rowKey={({ id }) => id}
      onOpen={onOpen}
      hasLabels
      actionsLabel={t('order')}
      actionsWidth="88px"
      actions={canOrder ? (policy) => <Order policies={ordered} policy={policy} /> : undefined}
    />
  )
}

function useColumns(): Column<SlaPolicy>[] {
  const { t } = useTranslation('sla')
  return [
    {
      key: 'name',
      header: t('name'),
      cell: (policy) => (
        <span className={classes.name}>
          <span className="hd-ellipsis">{policy.name}</span>
          {policy.is_default && (
            <Badge variant="light" color="gray" tt="none" className={classes.badge}>
              {t('default')}
            </Badge>
          )}
        </span>
      ),
    },
    ...PROMISES.map((promise) => ({
      key: promise,
      header: t(`promises.${promise}`),
      width: '152px',
      cell: (policy: SlaPolicy) => <Promised minutes={policy[promise]} />,
    })),
    { key: 'for', header: t('for'), width: '26%', cell: (policy) => <Where policy={policy} /> },
  ]
}

function Promised({ minutes }: { minutes: number | null }) {
  const { t } = useTranslation('sla')
  if (minutes === null) {
    return (
      <span className="hd-muted">
        <span aria-hidden>–</span>
        <span className="hd-hidden">{t('notPromised')}</span>
      </span>
    )
  }
  return <>{formatMinutes(minutes)}</>
}

/** Which tickets, and which hours count. */
function Where({ policy }: { policy: SlaPolicy }) {
  const { t } = useTranslation(['sla', 'inbox'])
  const queues = useQueues().filter(({ id }) => policy.queues.includes(id))
  const connections = useConnections().filter(({ id }) => policy.connections.includes(id))
  const names = [
    ...queues.map(({ name }) => name),
    ...connections.map(({ name }) => name),
    ...policy.priorities.map((priority) => t(`inbox:priorities.${priority}`)),
  ]
  const tickets = policy.is_default ? t('others') : names.join(', ') || t('all')
  return (
    <span className={classes.where} title={tickets}>
      <span>{tickets}</span>
      {policy.business_hours && <span className="hd-muted"> · {t('inHours')}</span>}
    </span>
  )
}

function Order({ policies, policy }: { policies: SlaPolicy[]; policy: SlaPolicy }) {
  const { t } = useTranslation('sla')
  const reorder = useReorderPolicies()
  const errorText = useErrorText()
  const last = policies.filter(({ is_default }) => !is_default).length - 1
  const place = policies.findIndex(({ id }) => id === policy.id)
  if (policy.is_default) return null
  function move(to: number): void {
    const ordered = policies.toSpliced(place, 1).toSpliced(to, 0, policy)
    announce(t('moved', { name: policy.name, place: to + 1, total: last + 1 }))
    reorder.mutate(ordered, { onError: (error) => void toast({ message: errorText(error), tone: 'danger' }) })
  }
  return (
    <span className={classes.order}>
      <Tooltip label={t('up')}>
        <ActionIcon
          disabled={place === 0}
          aria-label={t('upOne', { name: policy.name })}
          onClick={() => move(place - 1)}
        >
          <IconArrowUp size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('down')}>
        <ActionIcon
          disabled={place === last}
          aria-label={t('downOne', { name: policy.name })}
          onClick={() => move(place + 1)}
        >
          <IconArrowDown size={16} />
        </ActionIcon>
      </Tooltip>
    </span>
  )
}
