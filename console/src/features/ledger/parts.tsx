/** Small parts that the three lists share. */
import { Button } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import classes from './ledger.module.css'
import type { Show } from './search'
import { toneOf } from './words'

export function Outcome({ show, outcome }: { show: Show; outcome: string }) {
  const { t } = useTranslation('ledger')
  return (
    <span className={classes.outcome} data-tone={toneOf(outcome)}>
      {t(`outcomes.${show}.${outcome}`)}
    </span>
  )
}

interface Pages {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
}

export function More({ query }: { query: Pages }) {
  const { t } = useTranslation('ledger')
  if (!query.hasNextPage) return null
  return (
    <Button
      mt="md"
      variant="default"
      loading={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
    >
      {t('more')}
    </Button>
  )
}

/** Names and values, one under the other. */
export function Facts({ rows }: { rows: [string, React.ReactNode][] }) {
  return (
    <dl className={classes.facts}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
