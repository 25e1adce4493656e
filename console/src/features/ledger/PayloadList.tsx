/** Each webhook as it arrived: how much was in it, and how often it came. */
import { Alert, Button, Drawer } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LedgerPayload } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime, formatSize } from '@/shared/lib/dates'
import { useCan } from '@/shared/session/store'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import classes from './ledger.module.css'
import { Facts, More, Outcome } from './parts'
import { payloadsQuery, useReplayPayload } from './queries'
import { Raw } from './Raw'
import type { LedgerSearch } from './search'
import { Unlisted } from './Unlisted'

interface PayloadListProps {
  search: LedgerSearch
  onEvents: (payload: number) => void
}

export function PayloadList({ search, onEvents }: PayloadListProps) {
  const { t } = useTranslation('ledger')
  const payloads = useInfiniteQuery(payloadsQuery(search))
  const [open, setOpen] = useState<number | null>(null)
  const rows = payloads.data?.pages.flatMap(({ results }) => results) ?? []
  const opened = rows.find(({ id }) => id === open)
  const columns: Column<LedgerPayload>[] = [
    {
      key: 'at',
      header: t('received'),
      width: '210px',
      cell: ({ received_at }) => <time dateTime={received_at}>{formatDateTime(received_at)}</time>,
    },
    {
      key: 'state',
      header: t('outcome'),
      width: '160px',
      cell: ({ state }) => <Outcome show="payloads" outcome={state} />,
    },
    { key: 'in', header: t('content'), cell: (payload) => <Content payload={payload} /> },
    { key: 'size', header: t('size'), width: '110px', align: 'end', cell: ({ size }) => formatSize(size) },
  ]
  if (rows.length === 0) return <Unlisted query={payloads} />
  return (
    <>
      <DataTable
        hasLabels
        caption={t('shows.payloads')}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        onOpen={({ id }) => setOpen(id)}
        openLabel={({ received_at }) => `${t('webhook')} ${formatDateTime(received_at)}`}
      />
      <More query={payloads} />
      {opened && <PayloadDrawer payload={opened} onEvents={onEvents} onClose={() => setOpen(null)} />}
    </>
  )
}

function Content({ payload: { facts, events, repeats } }: { payload: LedgerPayload }) {
  const { t } = useTranslation('ledger')
  if (facts === 0) return '—'
  const parts = [t('facts', { count: facts })]
  if (facts > events) parts.push(t('known', { count: facts - events }))
  if (repeats > 0) parts.push(t('repeated', { count: repeats }))
  return <span className={classes.why}>{parts.join(' · ')}</span>
}

interface PayloadDrawerProps {
  payload: LedgerPayload
  onEvents: (payload: number) => void
  onClose: () => void
}

function PayloadDrawer({ payload, onEvents, onClose }: PayloadDrawerProps) {
  const { t } = useTranslation('ledger')
  const { t: common } = useTranslation('common')
  const canReplay = useCan('ledger.replay') && payload.state === 'quarantined'
  const replay = useReplayPayload()
  const errorText = useErrorText()
  return (
    <Drawer
      opened
      onClose={onClose}
      title={t('webhook')}
      size={560}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <div className={classes.drawer}>
        <p className={classes.verdict}>
          <Outcome show="payloads" outcome={payload.state} /> {t(`payloadReasons.${payload.state}`)}
        </p>
        {payload.error && <Alert color="red">{payload.error}</Alert>}
        {replay.isError && <Alert color="red">{errorText(replay.error)}</Alert>}
        <div className={classes.acts}>
          {canReplay && (
            <Button loading={replay.isPending} onClick={() => replay.mutate(payload.id)}>
              {t('replay')}
            </Button>
          )}
          <Button variant="default" onClick={() => onEvents(payload.id)}>
            {t('showFacts')}
          </Button>
        </div>
        <Facts
          rows={[
            [t('received'), formatDateTime(payload.received_at)],
            [t('content'), <Content key="content" payload={payload} />],
            [t('size'), formatSize(payload.size)],
            [t('app'), <code key="app">{payload.app}</code>],
          ]}
        />
        <Raw key={payload.id} payload={payload.id} />
      </div>
    </Drawer>
  )
}
