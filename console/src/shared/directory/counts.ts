/** How many conversations wait for me: feeds the inbox tabs, the rail and the tab's title. */
import { queryOptions } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'

export const ticketCountsQuery = queryOptions({
  queryKey: ['ticket-counts'],
  queryFn: () => call(api.GET('/api/tickets/counts/')),
})

const AT_MOST_EVERY = 1_000
let timer: ReturnType<typeof setTimeout> | undefined

/** Counting is the server's work; whatever happens, it is asked once a second at most. */
export function refreshCounts(): void {
  if (timer) return
  timer = setTimeout(() => {
    timer = undefined
    void queryClient.invalidateQueries({ queryKey: ticketCountsQuery.queryKey })
  }, AT_MOST_EVERY)
}
