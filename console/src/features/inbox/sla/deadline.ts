/** What a ticket promises its customer next, and how that stands. */
import type { Ticket } from '@/shared/api/types'
import { formatLeft } from '../composer/window'

export type Deadline = {
  target: Exclude<Ticket['sla_target'], ''>
  due: number
  state: 'kept' | 'near' | 'late'
  /** 12 min, or how long ago it was due. */
  left: string
}

export type Promised = Pick<Ticket, 'sla_target' | 'sla_due_at' | 'sla_warned_at' | 'status'>

/** `now` decides, not the event that tells of a breach: the mark is there even when the line is down. */
export function deadlineOf(ticket: Promised, now: number): Deadline | null {
  if (!ticket.sla_due_at || ticket.sla_target === '' || ticket.status === 'closed') return null
  const due = Date.parse(ticket.sla_due_at)
  const state = due <= now ? 'late' : ticket.sla_warned_at ? 'near' : 'kept'
  return { target: ticket.sla_target, due, state, left: lengthOf(due - now) }
}

/** Seconds in the last minute before, whole minutes otherwise. */
function lengthOf(left: number): string {
  if (left > 0 && left <= 60_000) return `${Math.ceil(left / 1_000)} s`
  if (left > 0) return formatLeft(left)
  const minutes = Math.floor(-left / 60_000)
  return minutes < 1 ? '0 min' : formatLeft(minutes * 60_000)
}
