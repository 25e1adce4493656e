/** What reached us, what became of it, and what we sent: nothing is ever lost without a line here. */
import { Button, SegmentedControl } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { IconRefresh } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { NoPermission } from '@/shared/ui/states'
import { AttemptList } from './AttemptList'
import { EventList } from './EventList'
import { Filters } from './Filters'
import classes from './ledger.module.css'
import { PayloadList } from './PayloadList'
import { ReplayAll } from './ReplayAll'
import { type LedgerSearch, SHOWS, type Show } from './search'

export function LedgerPage() {
  const { t } = useTranslation('ledger')
  return (
    <Page title={t('title')} description={t('text')}>
      {useCan('ledger.see') ? <Ledger /> : <NoPermission />}
    </Page>
  )
}

function Ledger() {
  const { t } = useTranslation('ledger')
  const search = useSearch({ from: '/shell/settings/ledger' })
  const navigate = useNavigate()
  const go = (next: LedgerSearch) => void navigate({ to: '/settings/ledger', search: next, replace: true })
  const show = search.show ?? 'events'
  const canReplay = useCan('ledger.replay')
  return (
    <>
      <div className={classes.acts}>
        <SegmentedControl
          aria-label={t('title')}
          value={show}
          onChange={(value) => go(moved(search, value as Show))}
          data={SHOWS.map((value) => ({ value, label: t(`shows.${value}`) }))}
        />
        {canReplay && show === 'events' && <Replay />}
      </div>
      <p className={classes.hint}>{t(`hints.${show}`)}</p>
      <Filters show={show} search={search} onChange={go} />
      {show === 'events' && <EventList search={search} />}
      {show === 'attempts' && <AttemptList search={search} />}
      {show === 'payloads' && <PayloadList search={search} onEvents={(payload) => go({ payload })} />}
    </>
  )
}

function Replay() {
  const { t } = useTranslation('ledger')
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconRefresh size={16} aria-hidden />}
        onClick={() => setAsking(true)}
        data-testid="ledger-replay"
      >
        {t('replayAll.open')}
      </Button>
      {isAsking && <ReplayAll onClose={() => setAsking(false)} />}
    </>
  )
}

/** What narrows one list narrows the other, where it means the same. */
function moved({ connection, ticket, contact, message, days }: LedgerSearch, show: Show): LedgerSearch {
  return show === 'payloads' ? { show, days } : { show, connection, ticket, contact, message, days }
}
