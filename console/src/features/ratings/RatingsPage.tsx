/** What customers thought of their conversations: the average, the scores, and each answer. */
import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useQueues, useUsers } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { IconSettings } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { NoPermission } from '@/shared/ui/states'
import { useNow } from '@/shared/ui/TimeAgo'
import { optionsQuery, type RatingFilter } from './queries'
import { RatingList } from './RatingList'
import { RatingsDrawer } from './RatingsDrawer'
import classes from './ratings.module.css'
import { Summary } from './Summary'

const PERIODS = [7, 30, 90, 365]
const DAY = 86_400_000

export function RatingsPage() {
  const { t } = useTranslation('ratings')
  const canRead = useCan('tickets.read')
  const canSet = useCan('company.read')
  const [isSetting, setSetting] = useState(false)
  const settings = canSet && (
    <Button
      variant="default"
      leftSection={<IconSettings size={16} aria-hidden />}
      onClick={() => setSetting(true)}
      data-testid="rating-settings"
    >
      {t('settings.open')}
    </Button>
  )
  return (
    <Page title={t('title')} description={t('text')} actions={settings}>
      {canRead ? <Ratings onSet={canSet ? () => setSetting(true) : null} /> : <NoPermission />}
      {isSetting && <RatingsDrawer onClose={() => setSetting(false)} />}
    </Page>
  )
}

function Ratings({ onSet }: { onSet: (() => void) | null }) {
  const { t } = useTranslation('ratings')
  const { data: options } = useQuery({ ...optionsQuery, enabled: onSet !== null })
  const [days, setDays] = useState(30)
  const [filter, setFilter] = useState<RatingFilter>({})
  const today = Math.floor(useNow() / DAY)
  const whole = { ...filter, after: new Date((today - days + 1) * DAY).toISOString() }
  return (
    <>
      {options?.rating === 'off' && onSet && (
        <p className={classes.off}>
          <span>{t('off')}</span>
          <Button variant="subtle" size="compact-sm" onClick={onSet}>
            {t('turnOn')}
          </Button>
        </p>
      )}
      <Filters filter={filter} days={days} onFilter={setFilter} onDays={setDays} />
      <Summary filter={whole} />
      <RatingList filter={whole} />
    </>
  )
}

interface FiltersProps {
  filter: RatingFilter
  days: number
  onFilter: (filter: RatingFilter) => void
  onDays: (days: number) => void
}

function Filters({ filter, days, onFilter, onDays }: FiltersProps) {
  const { t } = useTranslation('ratings')
  const seesAll = useCan('tickets.see_all')
  const queues = useQueues()
  const users = useUsers()
  const choices = (rows: readonly { id: number; name: string }[], all: string) => [
    { value: '', label: all },
    ...rows.map(({ id, name }) => ({ value: String(id), label: name })),
  ]
  const change = (key: 'agent' | 'queue', value: string) => {
    const { [key]: _, ...others } = filter
    onFilter(value ? { ...others, [key]: Number(value) } : others)
  }
  return (
    <div className={classes.filters}>
      <NativeSelect
        aria-label={t('period')}
        value={String(days)}
        data={PERIODS.map((count) => ({ value: String(count), label: t('lastDays', { count }) }))}
        onChange={(event) => onDays(Number(event.currentTarget.value))}
      />
      <NativeSelect
        aria-label={t('queue')}
        value={String(filter.queue ?? '')}
        data={choices(queues, t('everyQueue'))}
        onChange={(event) => change('queue', event.currentTarget.value)}
      />
      {seesAll && (
        <NativeSelect
          aria-label={t('agent')}
          value={String(filter.agent ?? '')}
          data={choices(users, t('everyAgent'))}
          onChange={(event) => change('agent', event.currentTarget.value)}
        />
      )}
    </div>
  )
}
