/** Decides whether something that arrived deserves a sound and a notification. Pure, so that it can be tested. */
import type { Me, Ticket } from '@/shared/api/types'

/** Older than this it was replayed after a reconnect; nobody wants twenty sounds at once. */
const FRESH_WITHIN = 60_000

export interface Surroundings {
  me: Me
  now: number
  /** The ticket on screen, and whether anybody looks at that screen. */
  watched: number | null
  isVisible: boolean
  /** The last message told of, by ticket. */
  told: ReadonlyMap<number, number>
}

/** True when a customer wrote to me, or to nobody yet in a queue of mine. */
export function isNews(ticket: Ticket, { me, now, watched, isVisible, told }: Surroundings): boolean {
  const { last_message: last, last_message_at: at } = ticket
  if (!last || !at || last.direction !== 'in' || ticket.unread_count === 0) return false
  if ((told.get(ticket.id) ?? 0) >= last.id) return false
  if (now - Date.parse(at) > FRESH_WITHIN) return false
  if (isVisible && watched === ticket.id) return false
  return isForMe(ticket, me)
}

function isForMe({ agent, status, queue }: Ticket, me: Me): boolean {
  if (agent) return agent.id === me.user.id
  if (status !== 'pending') return false
  return queue === null || me.queues.includes(queue.id)
}
