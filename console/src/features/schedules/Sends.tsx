/** What became of each time: sent, or why not. */
import { useQuery } from '@tanstack/react-query'
import type { ScheduledMessage, ScheduledSend } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime } from '@/shared/lib/dates'
import { IconCheck, IconClock, IconFailed, IconX } from '@/shared/ui/icons'
import { sendsQuery } from './queries'
import classes from './schedules.module.css'

const SIGNS = { waiting: IconClock, sent: IconCheck, failed: IconFailed, cancelled: IconX }

export function Sends({ row }: { row: ScheduledMessage }) {
  const { t } = useTranslation('schedules')
  const { data = [] } = useQuery(sendsQuery(row.id))
  if (data.length === 0) return null
  return (
    <section aria-label={t('log')}>
      <h3 className={classes.subtitle}>{t('log')}</h3>
      <ul className={classes.sends}>
        {data.map((send) => (
          <Send key={send.id} send={send} />
        ))}
      </ul>
    </section>
  )
}

function Send({ send }: { send: ScheduledSend }) {
  const { t, exists } = useTranslation('schedules')
  const { contact, due_at, state, reason, detail, used_fallback, message } = send
  // The outbox took it, and then WhatsApp refused.
  const hasFailed = state === 'failed' || message?.state === 'failed'
  const Sign = hasFailed ? SIGNS.failed : SIGNS[state]
  const why =
    (reason && (exists(`reasons.${reason}`) ? t(`reasons.${reason}`) : detail || reason)) ||
    message?.error?.title ||
    (used_fallback ? t('usedFallback') : '')
  return (
    <li className={classes.send} data-state={hasFailed ? 'failed' : state}>
      <Sign size={17} aria-hidden className={classes.sign} />
      <span className={classes.sendText}>
        <span>
          {contact.display_name} · {t(`sends.${hasFailed ? 'failed' : state}`)}
        </span>
        {why && <span className={classes.why}>{why}</span>}
      </span>
      <time dateTime={due_at} className="hd-muted">
        {formatDateTime(due_at)}
      </time>
    </li>
  )
}
