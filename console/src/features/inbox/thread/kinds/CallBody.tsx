/** A call: how far it got, and how long it was. A missed one stands out. */

import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDuration } from '@/shared/lib/dates'
import { IconCall, IconCallMissed, IconCallRinging } from '@/shared/ui/icons'
import classes from './kinds.module.css'

const SIGNS = {
  ringing: IconCallRinging,
  missed: IconCallMissed,
  rejected: IconCallMissed,
  answered: IconCall,
} as const

export function CallBody({ message }: { message: Message }) {
  const { t } = useTranslation('inbox')
  const {
    event = 'missed',
    direction,
    duration,
  } = message.content as {
    event?: keyof typeof SIGNS
    direction?: string
    duration?: number | null
  }
  const Sign = SIGNS[event] ?? IconCall
  return (
    <span className={classes.call} data-event={event} data-testid={`call-${message.id}`}>
      <span className={classes.cardSign}>
        <Sign size={20} stroke={1.7} aria-hidden />
      </span>
      <span className={classes.cardText}>
        <span className={classes.cardTitle}>{t(`call.${event}`)}</span>
        <span className={classes.small}>
          {t(direction === 'out' ? 'call.out' : 'call.in')}
          {duration ? ` · ${formatDuration(duration)}` : ''}
        </span>
      </span>
    </span>
  )
}
