/** Who can be named with an @ in a group; nobody where one customer writes. */
import { useQuery } from '@tanstack/react-query'
import { groupQuery } from '@/shared/contacts/queries'
import { useTicket } from '../data/tickets'

interface Participant {
  id: number
  name: string
}

const NOBODY: Participant[] = []

export function useParticipants(ticket: number): Participant[] {
  const contact = useTicket(ticket)?.contact
  const { data } = useQuery({ ...groupQuery(contact?.id ?? 0), enabled: contact?.is_group === true })
  if (!data) return NOBODY
  // They are no colleagues: a number below nought is nobody's id.
  return data.participants.filter(({ name }) => name).map(({ name }, index) => ({ id: -1 - index, name }))
}
