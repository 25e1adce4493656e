/** What AI took in a month: calls, tokens, money and time, by whatever one asks. */
import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { formatMoney } from '@/shared/lib/money'
import { useCan } from '@/shared/session/store'
import { IconCoins } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Section } from '@/shared/ui/Section'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import classes from './ai.module.css'
import { Days } from './Days'
import { monthsUntil, periodOf } from './months'
import { GROUPS, type Group, type UsageLine, usageQuery } from './queries'
import { UsageTable } from './UsageTable'

export function UsagePage() {
  const { t } = useTranslation('ai')
  return (
    <Page title={t('usage')} description={t('usageText')}>
      {useCan('ai.read') ? <Report /> : <NoPermission />}
    </Page>
  )
}

function Report() {
  const { t, language } = useTranslation('ai')
  const months = monthsUntil(new Date(), 12)
  const [month, setMonth] = useState(months[0] ?? '')
  const [by, setBy] = useState<(typeof GROUPS)[number]>('assistant')
  const period = periodOf(month)
  const days = useQuery(usageQuery({ by: 'day', ...period }))
  const groups = useQuery(usageQuery({ by, ...period }))
  const name = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric' })
  return (
    <>
      <div className={classes.filters}>
        <NativeSelect
          aria-label={t('month')}
          value={month}
          data={months.map((value) => ({ value, label: name.format(new Date(`${value}-15`)) }))}
          onChange={(event) => setMonth(event.currentTarget.value)}
        />
        <NativeSelect
          aria-label={t('group')}
          value={by}
          data={GROUPS.map((value) => ({ value, label: t(`groups.${value}`) }))}
          onChange={(event) => setBy(event.currentTarget.value as typeof by)}
          data-testid="ai-usage-by"
        />
      </div>
      {(days.isPending || groups.isPending) && <Loading />}
      {days.isError && <Failed error={days.error} onRetry={() => void days.refetch()} />}
      {days.data && groups.data && (
        <Found days={days.data.lines} lines={groups.data.lines} by={by} month={month} />
      )}
    </>
  )
}

interface FoundProps {
  days: readonly UsageLine[]
  lines: readonly UsageLine[]
  by: Group
  month: string
}

function Found({ days, lines, by, month }: FoundProps) {
  const { t } = useTranslation('ai')
  if (days.length === 0)
    return (
      <Empty icon={IconCoins} title={t('noUsage')}>
        {t('noUsageText')}
      </Empty>
    )
  return (
    <>
      <Totals days={days} />
      <Section title={t('byDay')}>
        <Days lines={days} month={month} />
      </Section>
      <Section title={t(`groups.${by}`)}>
        <UsageTable lines={lines} by={by} />
      </Section>
    </>
  )
}

function Totals({ days }: { days: readonly UsageLine[] }) {
  const { t, language } = useTranslation('ai')
  const sum = (part: 'calls' | 'failed' | 'input_tokens' | 'output_tokens') =>
    days.reduce((total, line) => total + line[part], 0)
  const currencies = [...new Set(days.map(({ currency }) => currency))]
  const cost = currencies.map((currency) => {
    const amount = days
      .filter((line) => line.currency === currency)
      .reduce((all, { cost }) => all + Number(cost), 0)
    return formatMoney(amount, currency)
  })
  const number = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 })
  const facts = [
    { key: 'cost', value: cost.join(' + ') },
    { key: 'calls', value: number.format(sum('calls')) },
    { key: 'tokens', value: number.format(sum('input_tokens') + sum('output_tokens')) },
    { key: 'failed', value: number.format(sum('failed')) },
  ]
  return (
    <dl className={classes.totals}>
      {facts.map(({ key, value }) => (
        <div key={key}>
          <dt>{t(key)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
