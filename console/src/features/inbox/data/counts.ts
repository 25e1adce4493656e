/** The numbers on the tabs; they feed the rail and the title of the browser tab too. */
import { useQuery } from '@tanstack/react-query'
import type { TicketCounts } from '@/shared/api/types'
import { ticketCountsQuery } from '@/shared/directory/counts'

export function useCounts(): TicketCounts | undefined {
  return useQuery(ticketCountsQuery).data
}
