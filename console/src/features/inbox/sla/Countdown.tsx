/** How long until the next promise to the customer is broken, and a mark when it is. */
import type { Ticket } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime } from '@/shared/lib/dates'
import { IconClock, IconLate } from '@/shared/ui/icons'
import classes from './Countdown.module.css'
import { type Deadline, deadlineOf } from './deadline'
import { useEachSecond } from './seconds'

export function Countdown({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('inbox')
  const shown = useEachSecond((now) => {
    const deadline = deadlineOf(ticket, now)
    return deadline && `${deadline.state} ${deadline.left}`
  })
  if (!shown || !ticket.sla_due_at) return null
  const state = shown.split(' ', 1)[0] as Deadline['state']
  const left = shown.slice(state.length + 1)
  const target = t(`sla.targets.${ticket.sla_target}`)
  const words = t(state === 'late' ? 'sla.late' : 'sla.left', { target, left })
  const Sign = state === 'late' ? IconLate : IconClock
  return (
    <span
      className={classes.countdown}
      data-state={state}
      data-testid={`countdown-${ticket.id}`}
      title={`${words} · ${formatDateTime(ticket.sla_due_at)}`}
    >
      <Sign size={13} aria-hidden />
      <span aria-hidden>{state === 'late' ? `−${left}` : left}</span>
      <span className="hd-hidden">{words}</span>
    </span>
  )
}
