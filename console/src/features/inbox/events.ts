/** How pushes change what the inbox shows. */
import { queryClient } from '@/shared/api/queryClient'
import type { HandlerMap } from '@/shared/realtime/dispatch'

type InboxEvents = Pick<
  HandlerMap,
  | 'ticket.created'
  | 'ticket.updated'
  | 'message.created'
  | 'message.updated'
  | 'contact.updated'
  | 'typing.changed'
  | 'resync'
>

export const inboxEvents: InboxEvents = {
  'ticket.created': [refreshTickets],
  'ticket.updated': [refreshTickets],
  'message.created': [refreshTickets],
  'message.updated': [refreshTickets],
  'contact.updated': [refreshTickets],
  'typing.changed': [],
  resync: [refreshTickets],
}

function refreshTickets(): void {
  void queryClient.invalidateQueries({ queryKey: ['tickets'] })
}
