/** What WhatsApp messages cost: sums of a period by whatever one asks, and the price list behind them. */
import { Button, NativeSelect } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { currentLanguage } from '@/shared/i18n'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { formatMoney } from '@/shared/lib/money'
import { useCan } from '@/shared/session/store'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import { IconCoins, IconDownload } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Section } from '@/shared/ui/Section'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import { useNow } from '@/shared/ui/TimeAgo'
import { toast } from '@/shared/ui/toast'
import classes from './costs.module.css'
import { Prices } from './Prices'
import { type CostTotal, exportCosts, GROUPS, type Group, reportQuery } from './queries'

const PERIODS = [7, 30, 90, 365]
const DAY = 86_400_000

export function CostsPage() {
  const { t } = useTranslation('costs')
  const canRead = useCan('costs.read')
  return (
    <Page title={t('title')} description={t('text')}>
      {canRead ? (
        <>
          <Report />
          <Prices />
        </>
      ) : (
        <NoPermission />
      )}
    </Page>
  )
}

function Report() {
  const { t } = useTranslation('costs')
  const [by, setBy] = useState<Group>('month')
  const [days, setDays] = useState(90)
  const today = Math.floor(useNow() / DAY)
  const after = new Date((today - days + 1) * DAY).toISOString()
  const report = useQuery(reportQuery({ by, after }))
  return (
    <Section title={t('report')} description={t('reportText')} aside={<Export after={after} />}>
      <div className={classes.filters}>
        <NativeSelect
          aria-label={t('period')}
          value={String(days)}
          data={PERIODS.map((count) => ({ value: String(count), label: t('lastDays', { count }) }))}
          onChange={(event) => setDays(Number(event.currentTarget.value))}
        />
        <NativeSelect
          aria-label={t('group')}
          value={by}
          data={GROUPS.map((group) => ({ value: group, label: t(`groups.${group}`) }))}
          onChange={(event) => setBy(event.currentTarget.value as Group)}
          data-testid="costs-by"
        />
      </div>
      {report.isPending && <Loading />}
      {report.isError && <Failed error={report.error} onRetry={() => void report.refetch()} />}
      {report.data && <Totals rows={report.data.totals} by={by} />}
    </Section>
  )
}

/** Each message with its price tag, for the accountant's own tables. */
function Export({ after }: { after: string }) {
  const { t } = useTranslation('costs')
  const errorText = useErrorText()
  const exporting = useMutation({
    mutationFn: exportCosts,
    onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
  })
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconDownload size={14} aria-hidden />}
      loading={exporting.isPending}
      onClick={() => exporting.mutate(after)}
      data-testid="export-costs"
    >
      {t('export')}
    </Button>
  )
}

function Totals({ rows, by }: { rows: readonly CostTotal[]; by: Group }) {
  const { t } = useTranslation('costs')
  if (rows.length === 0)
    return (
      <Empty icon={IconCoins} title={t('empty')}>
        {t('emptyText')}
      </Empty>
    )
  const columns: Column<CostTotal>[] = [
    { key: 'name', header: t(`groups.${by}`), cell: (row) => <Name row={row} by={by} /> },
    {
      key: 'messages',
      header: t('messages'),
      width: '130px',
      align: 'end',
      cell: ({ messages }) => messages,
    },
    {
      key: 'billable',
      header: t('billable'),
      width: '130px',
      align: 'end',
      cell: ({ billable }) => billable,
    },
    {
      key: 'amount',
      header: t('amount'),
      width: '190px',
      align: 'end',
      cell: ({ amount, currency, unpriced }) => (
        <span className={classes.amount}>
          {formatMoney(amount, currency)}
          {unpriced > 0 && <small>{t('unpriced', { count: unpriced })}</small>}
        </span>
      ),
    },
  ]
  return (
    <DataTable
      caption={t('title')}
      columns={columns}
      rows={rows}
      rowKey={({ key, currency }) => `${key} ${currency}`}
      hasLabels
    />
  )
}

function Name({ row: { key, name }, by }: { row: CostTotal; by: Group }) {
  const { t, exists } = useTranslation('costs')
  if (by === 'category') return exists(`categories.${key}`) ? t(`categories.${key}`) : key
  if (by === 'month') return monthOf(key)
  if (by === 'country') return key ? countryOf(key) : t('elsewhere')
  if (by === 'ticket')
    return (
      <Link to="/inbox" search={{ ticket: Number(key) }} className={classes.link}>
        {name || t('unnamed')}
      </Link>
    )
  return name || t(by === 'agent' ? 'nobody' : 'unnamed')
}

/** novembro de 2026 */
function monthOf(key: string): string {
  const format = new Intl.DateTimeFormat(currentLanguage(), { month: 'long', year: 'numeric' })
  return format.format(new Date(`${key}-15T12:00`))
}

function countryOf(code: string): string {
  return new Intl.DisplayNames(currentLanguage(), { type: 'region' }).of(code) ?? code
}
