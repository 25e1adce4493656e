/** Which list a ticket is in: the same rules as the server's, so that an event can move a row at once. */
import type { Me, Ticket } from '@/shared/api/types'
import type { Group } from '../finding/filter'
import { matches } from '../finding/matches'
import type { Sort } from '../finding/order'
import type { Tab } from '../search'

export interface TicketFilter {
  tab: Tab
  filter?: Group
  sort?: Sort
  search?: string
}

export type Viewer = Pick<Me, 'queues' | 'permissions'> & { user: { id: number } }

/** `null` when only the server can tell: text search looks into things that the row does not carry. */
export function belongs(
  ticket: Ticket,
  { tab, filter, search }: TicketFilter,
  viewer: Viewer,
  now = Date.now(),
): boolean | null {
  if (!isVisible(ticket, viewer) || !isInTab(ticket, tab, viewer)) return false
  const isMeant = filter ? matches(filter, ticket, viewer.user.id, now) : true
  return isMeant && search ? null : isMeant
}

/** Supervisors and admins see all; an agent sees own tickets, what waits in own queues or in none, and where one
 * was asked to look. */
export function isVisible(ticket: Ticket, viewer: Viewer): boolean {
  if (viewer.permissions.includes('tickets.see_all')) return true
  if (ticket.participants.includes(viewer.user.id)) return true
  if (ticket.agent) return ticket.agent.id === viewer.user.id
  return ticket.status === 'pending' && (ticket.queue === null || viewer.queues.includes(ticket.queue.id))
}

function isInTab(ticket: Ticket, tab: Tab, viewer: Viewer): boolean {
  switch (tab) {
    case 'mine':
      return ticket.status === 'open' && ticket.agent?.id === viewer.user.id && !ticket.snoozed_at
    case 'waiting':
      return ticket.status === 'pending' && ticket.agent === null && !ticket.snoozed_at
    case 'all':
      return ticket.status !== 'closed'
    case 'closed':
      return ticket.status === 'closed'
    case 'any':
      return true
  }
}
