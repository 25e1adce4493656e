/** How many conversations a list holds, beyond the pages that were read. */
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import type { TicketFilter } from '../data/belongs'
import { queryOf } from '../data/lists'

const PAUSE = 250

export function useMatching(filter: TicketFilter): { count: number; cap: number } | undefined {
  const [settled] = useDebouncedValue(filter, PAUSE)
  return useQuery({
    queryKey: ['tickets', 'count', settled],
    queryFn: () => call(api.GET('/api/tickets/count/', { params: { query: queryOf(settled) } })),
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  }).data
}
