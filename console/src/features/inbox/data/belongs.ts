/** Which list a ticket is in: the same rules as the server's, so that an event can move a row at once. */
import type { Me, Ticket } from '@/shared/api/types'
import type { Tab } from '../search'

export interface TicketFilter {
  tab: Tab
  queue?: number
  unread?: boolean
  search?: string
}

export type Viewer = Pick<Me, 'queues' | 'permissions'> & { user: { id: number } }

/** `null` when only the server can tell: text search looks into things that the row does not carry. */
export function belongs(ticket: Ticket, filter: TicketFilter, viewer: Viewer): boolean | null {
  if (!isVisible(ticket, viewer) || !isInTab(ticket, filter.tab, viewer)) return false
  if (filter.queue !== undefined && ticket.queue?.id !== filter.queue) return false
  if (filter.unread && ticket.unread_count === 0) return false
  return filter.search ? null : true
}

/** Supervisors and admins see all; an agent sees own tickets and what waits in own queues or in none. */
export function isVisible(ticket: Ticket, viewer: Viewer): boolean {
  if (viewer.permissions.includes('tickets.see_all')) return true
  if (ticket.agent) return ticket.agent.id === viewer.user.id
  return ticket.status === 'pending' && (ticket.queue === null || viewer.queues.includes(ticket.queue.id))
}

function isInTab(ticket: Ticket, tab: Tab, viewer: Viewer): boolean {
  switch (tab) {
    case 'mine':
      return ticket.status === 'open' && ticket.agent?.id === viewer.user.id
    case 'waiting':
      return ticket.status === 'pending' && ticket.agent === null
    case 'all':
      return ticket.status !== 'closed'
    case 'closed':
      return ticket.status === 'closed'
  }
}

/** Lists are newest first, as the server sorts them. */
export function compareTickets(a: Ticket, b: Ticket): number {
  return timeOf(b.last_message_at) - timeOf(a.last_message_at) || b.id - a.id
}

function timeOf(at: string | null): number {
  return at ? Date.parse(at) : 0
}
