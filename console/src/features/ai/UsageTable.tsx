/** One line per assistant, purpose, model or provider. */
import { useTranslation } from '@/shared/i18n/translate'
import { formatMoney } from '@/shared/lib/money'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import classes from './ai.module.css'
import type { Group, UsageLine } from './queries'

export function UsageTable({ lines, by }: { lines: readonly UsageLine[]; by: Group }) {
  const { t, language } = useTranslation('ai')
  const number = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 })
  const seconds = (ms: number | null) => (ms === null ? '–' : t('seconds', { value: (ms / 1000).toFixed(1) }))
  const columns: Column<UsageLine>[] = [
    { key: 'name', header: t(`groups.${by}`), cell: (line) => <Name line={line} by={by} /> },
    { key: 'calls', header: t('calls'), width: '120px', align: 'end', cell: (line) => <Calls line={line} /> },
    {
      key: 'tokens',
      header: t('tokens'),
      width: '110px',
      align: 'end',
      cell: (line) => number.format(line.input_tokens + line.output_tokens),
    },
    {
      key: 'time',
      header: t('time'),
      width: '180px',
      align: 'end',
      cell: (line) => `${seconds(line.latency_p50_ms)} / ${seconds(line.latency_p95_ms)}`,
    },
    { key: 'cost', header: t('cost'), width: '140px', align: 'end', cell: (line) => <Cost line={line} /> },
  ]
  if (by === 'assistant')
    columns.splice(4, 0, {
      key: 'resolved',
      header: t('resolved'),
      width: '140px',
      align: 'end',
      cell: (line) => <Ends line={line} />,
    })
  return (
    <DataTable
      caption={t('usage')}
      columns={columns}
      rows={lines}
      rowKey={({ key, currency }) => `${key} ${currency}`}
      hasLabels
    />
  )
}

function Name({ line: { key, name }, by }: { line: UsageLine; by: Group }) {
  const { t } = useTranslation('ai')
  if (by === 'purpose') return t(`purposes.${key}`)
  return name || key || t('noAssistant')
}

function Calls({ line: { calls, failed, outcomes } }: { line: UsageLine }) {
  const { t } = useTranslation('ai')
  const why = Object.entries(outcomes)
    .filter(([code]) => code !== 'ok')
    .map(([code, count]) => `${t(`why.${code}`)}: ${count}`)
  return (
    <span className={classes.amount}>
      {calls}
      {failed > 0 && <small title={why.join('\n')}>{t('failedCount', { count: failed })}</small>}
    </span>
  )
}

function Cost({ line: { cost, currency, unpriced, estimated } }: { line: UsageLine }) {
  const { t } = useTranslation('ai')
  return (
    <span className={classes.amount}>
      {formatMoney(cost, currency)}
      {unpriced > 0 && <small>{t('unpriced', { count: unpriced })}</small>}
      {estimated > 0 && <small>{t('estimated', { count: estimated })}</small>}
    </span>
  )
}

function Ends({ line: { conversations, resolved, handed_over, taken_over } }: { line: UsageLine }) {
  const { t } = useTranslation('ai')
  if (conversations === 0) return '–'
  return (
    <span className={classes.ends}>
      {t('percent', { value: Math.round((resolved / conversations) * 100) })}
      <small>{t('handedOver', { count: handed_over })}</small>
      {taken_over > 0 && <small>{t('takenOver', { count: taken_over })}</small>}
    </span>
  )
}
