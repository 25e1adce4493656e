/** The orders a list can have, as the server sorts them: an event has to find the place of its ticket. */
import type { Ticket } from '@/shared/api/types'

export const SORTS = ['newest', 'oldest', 'waiting', 'window', 'priority', 'created'] as const
export type Sort = (typeof SORTS)[number]

type Compare = (a: Ticket, b: Ticket) => number

const RANK = { low: 1, normal: 2, high: 3, urgent: 4 }

const newest: Compare = (a, b) => timeOf(b.last_message_at, 0) - timeOf(a.last_message_at, 0) || b.id - a.id

const ORDERS: Record<Sort, Compare> = {
  newest,
  oldest: (a, b) => -newest(a, b),
  // Nobody who waits, and a window that never opened, come last.
  waiting: (a, b) => later(a.waiting_since, b.waiting_since) || a.id - b.id,
  window: (a, b) => later(a.window_expires_at, b.window_expires_at) || a.id - b.id,
  priority: (a, b) => RANK[b.priority] - RANK[a.priority] || newest(a, b),
  created: (a, b) => b.number - a.number,
}

export function compareBy(sort: Sort = 'newest'): Compare {
  return ORDERS[sort]
}

function later(a: string | null, b: string | null): number {
  const [one, other] = [timeOf(a, Number.MAX_VALUE), timeOf(b, Number.MAX_VALUE)]
  return one === other ? 0 : one < other ? -1 : 1
}

function timeOf(at: string | null, missing: number): number {
  return at ? Date.parse(at) : missing
}
