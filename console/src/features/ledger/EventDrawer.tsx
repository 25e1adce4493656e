/** One fact: why it was handled so, what we understood, the raw webhook, and trying again. */
import { Alert, Button, Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LedgerEvent } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime } from '@/shared/lib/dates'
import { useCan } from '@/shared/session/store'
import { Code } from './Code'
import classes from './ledger.module.css'
import { Facts, Outcome } from './parts'
import { eventQuery, useReplayEvent } from './queries'
import { Raw } from './Raw'
import { useWhy } from './useWhy'

export function EventDrawer({ event: listed, onClose }: { event: LedgerEvent; onClose: () => void }) {
  const { t } = useTranslation('ledger')
  const { t: common } = useTranslation('common')
  const { data } = useQuery(eventQuery(listed.id))
  const event = data ?? listed
  const why = useWhy()
  return (
    <Drawer
      opened
      onClose={onClose}
      title={t(`kinds.${event.kind}`)}
      size={560}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <div className={classes.drawer}>
        <p className={classes.verdict}>
          <Outcome show="events" outcome={event.outcome} /> {why(event)}
        </p>
        {event.error && <Alert color="red">{event.error}</Alert>}
        <Replay event={event} />
        <Facts
          rows={[
            [t('received'), formatDateTime(event.received_at)],
            [t('happened'), formatDateTime(event.at)],
            [t('conversation'), <Conversation key="ticket" event={event} />],
            [t('messageId'), <code key="id">{event.provider_id || '—'}</code>],
            [t('repeats'), event.repeats],
            [t('tries'), event.tries],
          ]}
        />
        {data && <Code title={t('understood')} value={data.facts} />}
        {event.payload === null ? (
          <p className={classes.small}>{t('raw.tidied')}</p>
        ) : (
          <Raw key={event.payload} payload={event.payload} />
        )}
      </div>
    </Drawer>
  )
}

function Conversation({ event: { message } }: { event: LedgerEvent }) {
  if (!message) return '—'
  return (
    <Link to="/inbox" search={{ ticket: message.ticket }}>
      {message.contact_name} #{message.ticket_number}
    </Link>
  )
}

function Replay({ event }: { event: LedgerEvent }) {
  const { t } = useTranslation('ledger')
  const canReplay = useCan('ledger.replay')
  const errorText = useErrorText()
  const replay = useReplayEvent()
  if (!canReplay || !event.can_replay) return null
  return (
    <div>
      <Button loading={replay.isPending} onClick={() => replay.mutate(event.id)} data-testid="replay-event">
        {t('replay')}
      </Button>
      {replay.isError && <Alert color="red">{errorText(replay.error)}</Alert>}
    </div>
  )
}
