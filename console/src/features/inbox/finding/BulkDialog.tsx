/** What an act on many conversations still needs to know. */
import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useQueues, useTags, useUsers } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime, formatNumber, timeZone } from '@/shared/lib/dates'
import { ConfirmDialog } from '@/shared/ui/ConfirmDialog'
import { PickDialog } from '../acts/PickDialog'
import { laterTimes } from '../acts/snooze'
import type { Act } from './acts'

export type Asked = 'transfer' | 'close' | 'tag' | 'untag' | 'priority' | 'snooze'

interface BulkDialogProps {
  asked: Asked
  size: number
  isBusy: boolean
  onAct: (act: Act) => void
  onClose: () => void
}

export function BulkDialog({ asked, ...props }: BulkDialogProps) {
  switch (asked) {
    case 'transfer':
      return <Transfer {...props} />
    case 'close':
      return <Close {...props} />
    case 'priority':
      return <Prioritize {...props} />
    case 'snooze':
      return <Snooze {...props} />
    default:
      return <Tag action={asked} {...props} />
  }
}

type Props = Omit<BulkDialogProps, 'asked'>

function Transfer({ size, onAct, onClose }: Props) {
  const { t } = useTranslation('finding')
  const queues = useQueues()
  const users = useUsers().filter(({ is_active }) => is_active)
  return (
    <PickDialog
      title={t('titles.transfer', { count: size, shown: formatNumber(size) })}
      options={[
        ...queues.map(({ id, name, color }) => ({
          id: `queue.${id}`,
          label: name,
          color,
          hint: t('keys.queue'),
        })),
        ...users.map(({ id, name }) => ({ id: `agent.${id}`, label: name, hint: t('keys.agent') })),
      ]}
      onPick={(chosen) => {
        const [kind = '', id] = chosen.split('.')
        onAct({ action: kind === 'agent' ? 'assign' : 'transfer', params: { [kind]: Number(id) } })
      }}
      onClose={onClose}
    />
  )
}

function Close({ size, isBusy, onAct, onClose }: Props) {
  const { t } = useTranslation('finding')
  const [isSilent, setSilent] = useState(false)
  return (
    <ConfirmDialog
      isOpen
      title={t('titles.close', { count: size, shown: formatNumber(size) })}
      confirmLabel={t('acts.close')}
      isDangerous={false}
      isBusy={isBusy}
      onClose={onClose}
      onConfirm={() => onAct({ action: 'close', params: { silent: isSilent } })}
    >
      <Checkbox
        label={t('silent')}
        description={t('silentHelp')}
        checked={isSilent}
        onChange={(event) => setSilent(event.currentTarget.checked)}
      />
    </ConfirmDialog>
  )
}

function Tag({ action, size, isBusy, onAct, onClose }: Props & { action: 'tag' | 'untag' }) {
  const { t } = useTranslation('finding')
  const tags = useTags()
  const [chosen, setChosen] = useState<readonly number[]>([])
  return (
    <PickDialog
      title={t(`titles.${action}`, { count: size, shown: formatNumber(size) })}
      isMulti
      options={tags.map(({ id, name, color }) => ({ id, label: name, color, isChosen: chosen.includes(id) }))}
      onPick={(id) => setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])}
      onClose={onClose}
    >
      <Button
        fullWidth
        mt="md"
        disabled={chosen.length === 0}
        loading={isBusy}
        onClick={() => onAct({ action, params: { tags: chosen } })}
        data-testid="bulk-apply"
      >
        {t(`acts.${action}`)}
      </Button>
    </PickDialog>
  )
}

const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const

function Prioritize({ size, onAct, onClose }: Props) {
  const { t } = useTranslation('finding')
  return (
    <PickDialog
      title={t('titles.priority', { count: size, shown: formatNumber(size) })}
      options={PRIORITIES.map((id) => ({ id, label: t(`choices.priority.${id}`) }))}
      onPick={(priority) => onAct({ action: 'priority', params: { priority } })}
      onClose={onClose}
    />
  )
}

function Snooze({ size, onAct, onClose }: Props) {
  const { t } = useTranslation('finding')
  const [times] = useState(() => laterTimes(new Date(), timeZone()))
  return (
    <PickDialog
      title={t('titles.snooze', { count: size, shown: formatNumber(size) })}
      options={times.map(({ id, at }) => ({
        id,
        label: t(`acts:snooze.${id}`),
        ...(at && { hint: formatDateTime(at.toISOString()) }),
      }))}
      onPick={(id) => {
        const until = times.find((time) => time.id === id)?.at?.toISOString() ?? null
        onAct({ action: 'snooze', params: { until } })
      }}
      onClose={onClose}
    />
  )
}
