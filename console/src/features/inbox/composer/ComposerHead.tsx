/** Above the field: answer or private note, and how long free answers are still possible. */
import type { Ref } from 'react'
import type { Ticket } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime } from '@/shared/lib/dates'
import { IconHourglass, IconLock, IconReply } from '@/shared/ui/icons'
import { useNow } from '@/shared/ui/TimeAgo'
import classes from './Composer.module.css'
import type { Mode } from './useDraft'
import { formatLeft, windowOf } from './window'

interface ComposerHeadProps {
  ticket: Ticket
  mode: Mode
  onMode: (mode: Mode) => void
  /** Gets the place between the two. */
  slot: Ref<HTMLSpanElement>
}

export function ComposerHead({ ticket, mode, onMode, slot }: ComposerHeadProps) {
  const { t } = useTranslation('inbox')
  return (
    <div className={classes.head}>
      <fieldset className={classes.modes} aria-label={t('composer.mode')}>
        <button
          type="button"
          className={classes.mode}
          aria-pressed={mode === 'reply'}
          onClick={() => onMode('reply')}
          data-testid="reply-switch"
        >
          <IconReply size={15} aria-hidden /> {t('composer.reply')}
        </button>
        <button
          type="button"
          className={classes.mode}
          data-note
          aria-pressed={mode === 'note'}
          onClick={() => onMode('note')}
          data-testid="note-switch"
        >
          <IconLock size={15} aria-hidden /> {t('composer.note')}
        </button>
      </fieldset>
      <span ref={slot} className={classes.slot} />
      {ticket.status === 'open' && <Countdown ticket={ticket} />}
    </div>
  )
}

function Countdown({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('inbox')
  const open = windowOf(ticket, useNow())
  if (open.state !== 'open' && open.state !== 'closing') return null
  return (
    <span
      className={classes.countdown}
      data-closing={open.state === 'closing' || undefined}
      title={t('window.help', { at: formatDateTime(ticket.window_expires_at ?? '') })}
      data-testid="window"
    >
      <IconHourglass size={14} aria-hidden />
      <span className={classes.long}>{t('window.left', { left: formatLeft(open.left) })}</span>
      <span className={classes.short} aria-hidden>
        {formatLeft(open.left)}
      </span>
    </span>
  )
}
