/** How far a message of ours got. */

import type { MessageState } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import {
  type Icon,
  IconBlocked,
  IconCheck,
  IconChecks,
  IconClock,
  IconFailed,
  IconHourglass,
  IconUnsupported,
  IconWarning,
} from '@/shared/ui/icons'
import classes from './Bubble.module.css'

const SIGNS: Record<MessageState, Icon | null> = {
  received: null,
  parked: IconHourglass,
  queued: IconClock,
  sending: IconClock,
  accepted: IconCheck,
  sent: IconCheck,
  delivered: IconChecks,
  read: IconChecks,
  played: IconChecks,
  failed: IconFailed,
  doubtful: IconUnsupported,
  expired: IconWarning,
  cancelled: IconBlocked,
}

export function Ticks({ id, state }: { id: number; state: MessageState }) {
  const { t } = useTranslation('inbox')
  const Sign = SIGNS[state]
  if (!Sign) return null
  return (
    <span
      className={classes.ticks}
      role="img"
      aria-label={t(`states.${state}`)}
      title={t(`states.${state}`)}
      data-testid={`ticks-${id}`}
      data-state={state}
    >
      <Sign size={16} stroke={1.9} aria-hidden />
    </span>
  )
}
