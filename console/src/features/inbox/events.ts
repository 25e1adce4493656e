/** How pushes change what the inbox shows. Everything here may come late, twice or in any order. */
import { queryClient } from '@/shared/api/queryClient'
import type { Contact, Message, Ticket } from '@/shared/api/types'
import { refreshCounts } from '@/shared/directory/counts'
import type { HandlerMap } from '@/shared/realtime/dispatch'
import { pinsChanged, ticketsMerged } from './data/acts'
import { contactKey } from './data/contact'
import { draftsChanged } from './data/drafts'
import { patchLists } from './data/lists'
import { whenViewerChanges } from './data/session'
import { patchThreads, recentMessages } from './data/threads'
import { followContact, followLastMessage, recentTickets, ticketRows } from './data/tickets'
import { typingChanged, useTypists } from './data/typing'
import { refreshViewCounts } from './data/viewCounts'
import { useViewers, viewersChanged } from './data/viewers'
import { jobsChanged } from './finding/jobs'
import { settleSent } from './outbox/outbox'
import { startSender } from './outbox/sender'

type InboxEvents = Pick<
  HandlerMap,
  | 'ticket.created'
  | 'ticket.updated'
  | 'message.created'
  | 'message.updated'
  | 'contact.updated'
  | 'ticket.merged'
  | 'draft.changed'
  | 'pins.changed'
  | 'viewers.changed'
  | 'typing.changed'
  | 'bulk_job.updated'
  | 'resync'
>

export const inboxEvents: InboxEvents = {
  'ticket.created': [takeTickets],
  'ticket.updated': [takeTickets],
  'message.created': [takeMessages],
  'message.updated': [takeMessages],
  'contact.updated': [takeContacts],
  'ticket.merged': [takeTickets, ticketsMerged],
  'draft.changed': [draftsChanged],
  'pins.changed': [pinsChanged],
  'viewers.changed': [viewersChanged],
  'typing.changed': [typingChanged],
  'bulk_job.updated': [jobsChanged],
  resync: [rereadInbox],
}

export function takeTickets(tickets: readonly Ticket[]): void {
  ticketRows.put(tickets)
  recentTickets.add(tickets)
  patchLists(tickets.map(({ id }) => id))
  for (const { id } of tickets) void queryClient.invalidateQueries({ queryKey: ['tickets', 'history', id] })
  refreshCounts()
  refreshViewCounts()
}

export function takeMessages(messages: readonly Message[]): void {
  recentMessages.add(messages)
  patchThreads(messages)
  settleSent(messages)
  for (const message of messages) followLastMessage(message)
}

function takeContacts(contacts: readonly Contact[]): void {
  for (const contact of contacts) {
    followContact(contact)
    queryClient.setQueryData<Contact>(contactKey(contact.id), (known) =>
      known && known.version <= contact.version ? contact : known,
    )
  }
}

/** Events were lost for good: read again what is on screen; the rest is read when it is opened. */
function rereadInbox(): void {
  void queryClient.invalidateQueries({ queryKey: ['tickets'] })
  void queryClient.invalidateQueries({ queryKey: ['contacts'] })
}

let hasSender = false

/** Another person or company: nothing of the one before may be seen or sent. */
whenViewerChanges((me) => {
  ticketRows.clear()
  recentTickets.clear()
  recentMessages.clear()
  useTypists.setState({}, true)
  useViewers.setState({}, true)
  if (!me || hasSender) return
  hasSender = true
  startSender()
})
