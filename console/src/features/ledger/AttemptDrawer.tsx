/** One try to send: what left, what came back, and how the receipts find it again. */
import { Drawer } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { LedgerAttempt } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime } from '@/shared/lib/dates'
import classes from './ledger.module.css'
import { Facts, Outcome } from './parts'

export function AttemptDrawer({ attempt, onClose }: { attempt: LedgerAttempt; onClose: () => void }) {
  const { t } = useTranslation('ledger')
  const { t: common } = useTranslation('common')
  const { message, provider_id } = attempt
  const outcome = attempt.outcome || 'open'
  return (
    <Drawer
      opened
      onClose={onClose}
      title={t('attempt', { count: attempt.number })}
      size={560}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <div className={classes.drawer}>
        <p className={classes.verdict}>
          <Outcome show="attempts" outcome={outcome} /> {t(`meanings.${outcome}`)}
        </p>
        <Facts
          rows={[
            [t('started'), formatDateTime(attempt.started_at)],
            [t('ended'), attempt.ended_at ? formatDateTime(attempt.ended_at) : '—'],
            [
              t('conversation'),
              <Link key="ticket" to="/inbox" search={{ ticket: message.ticket }}>
                {message.contact_name} #{message.ticket_number}
              </Link>,
            ],
            [t('messageState'), t(`states.${attempt.state}`, { defaultValue: attempt.state })],
            [t('answer'), [attempt.code, attempt.detail].filter(Boolean).join(' · ') || '—'],
            [t('messageId'), <code key="id">{provider_id || '—'}</code>],
            [t('cookie'), <code key="cookie">{attempt.cookie}</code>],
          ]}
        />
        {provider_id && (
          <Link to="/settings/ledger" search={{ message: provider_id }} onClick={onClose}>
            {t('receipts')}
          </Link>
        )}
      </div>
    </Drawer>
  )
}
