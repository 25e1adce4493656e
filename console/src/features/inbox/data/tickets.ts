/** The known tickets and the reading of a single one. */

import { useQuery } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import type { Contact, Message, Ticket } from '@/shared/api/types'
import { previewIn } from './previewIn'
import { Recent } from './recent'
import { Rows, useRow } from './rows'

export const ticketRows = new Rows<Ticket>()
export const recentTickets = new Recent<Ticket>()

export function useTicket(id: number): Ticket | undefined {
  return useRow(ticketRows, id)
}

/** The open ticket: from the list when it is there, else read from the server. */
export function useOpenTicket(id: number) {
  const { error, isPending, refetch } = useQuery({
    queryKey: ['tickets', 'one', id],
    queryFn: () => readTicket(id),
    initialData: () => (ticketRows.get(id) ? id : undefined),
    staleTime: 60_000,
  })
  return { ticket: useTicket(id), error, isPending, refetch }
}

async function readTicket(id: number): Promise<number> {
  const ticket = await call(api.GET('/api/tickets/{id}/', { params: { path: { id } } }))
  ticketRows.put([ticket])
  return id
}

/** A ticket's row carries parts of other rows; they change without the ticket's version changing. */
export function followContact(contact: Contact): void {
  const { id, display_name, name, number, username, is_blocked } = contact
  for (const ticket of ticketRows.find((row) => row.contact.id === id)) {
    ticketRows.patch(ticket, (row) => ({
      ...row,
      contact: { ...row.contact, id, display_name, name, number, username, is_blocked },
    }))
  }
}

export function followLastMessage(message: Message): void {
  ticketRows.patch(message.ticket, (row) => {
    const last = row.last_message
    if (last?.id !== message.id) return row
    const now = {
      state: message.state,
      preview: previewIn(message),
      is_removed: message.removed_at !== null,
    }
    const isSame =
      last.state === now.state && last.preview === now.preview && last.is_removed === now.is_removed
    return isSame ? row : { ...row, last_message: { ...last, ...now } }
  })
}
