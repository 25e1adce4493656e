/** Whether one may write to the customer now, and if not, what stands in the way. */
import type { Me, Ticket } from '@/shared/api/types'
import { windowOf } from './window'

export type Obstacle = 'permission' | 'foreign' | 'closed' | 'pending' | 'blocked' | 'window' | 'never'

export interface Writing {
  /** null: free to answer. */
  obstacle: Obstacle | null
  mayNote: boolean
}

export function writingOf(ticket: Ticket, me: Pick<Me, 'permissions' | 'user'>, now: number): Writing {
  if (!me.permissions.includes('tickets.write')) return { obstacle: 'permission', mayNote: false }
  const isMine = ticket.agent?.id === me.user.id || ticket.participants.includes(me.user.id)
  const isForeign = ticket.agent !== null && !isMine
  if (isForeign && !me.permissions.includes('tickets.see_all')) return { obstacle: 'foreign', mayNote: false }
  return { obstacle: obstacleOf(ticket, now), mayNote: true }
}

function obstacleOf(ticket: Ticket, now: number): Obstacle | null {
  if (ticket.status === 'closed') return 'closed'
  if (ticket.status === 'pending') return 'pending'
  if (ticket.contact.is_blocked) return 'blocked'
  const { state } = windowOf(ticket, now)
  return state === 'closed' ? 'window' : state === 'never' ? 'never' : null
}
