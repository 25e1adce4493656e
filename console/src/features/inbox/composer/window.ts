/** WhatsApp's rule: free answers for 24 hours after the customer's last message, then only templates. */
import type { Ticket } from '@/shared/api/types'

export type WindowState = { state: 'open' | 'closing'; left: number } | { state: 'closed' | 'never' }

const CLOSING = 2 * 3_600_000
/** What leaves in the last minute would arrive too late; the server refuses it. */
const GUARD = 60_000

export function windowOf(ticket: Pick<Ticket, 'window_expires_at'>, now: number): WindowState {
  if (!ticket.window_expires_at) return { state: 'never' }
  const left = Date.parse(ticket.window_expires_at) - now - GUARD
  if (left <= 0) return { state: 'closed' }
  return { state: left <= CLOSING ? 'closing' : 'open', left }
}

/** Whole hours while there are many, then minutes: 23 h, 1 h 5 min, 12 min, 1 min to the last second. */
export function leftParts(left: number): { hours: number; minutes: number } {
  const minutes = Math.max(1, Math.ceil(left / 60_000))
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60 }
}

export function formatLeft(left: number): string {
  const { hours, minutes } = leftParts(left)
  if (hours >= 3) return `${hours} h`
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`
  return `${minutes} min`
}
