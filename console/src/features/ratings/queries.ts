/** Ratings: one ticket's, a page of all, and their numbers. */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, call, cursorOf } from '@/shared/api/client'
import type { Page, Rating, RatingSummary } from '@/shared/api/types'

const KEY = ['ratings']

export interface RatingFilter {
  scale?: Rating['scale']
  agent?: number
  queue?: number
  lowest?: number
  highest?: number
  state?: Rating['state']
  after?: string
}

export function ofTicketQuery(ticket: number) {
  return queryOptions({
    queryKey: [...KEY, 'of', ticket],
    queryFn: async (): Promise<Rating[]> =>
      (await call(api.GET('/api/ratings/', { params: { query: { ticket } } }))).results,
    staleTime: 60_000,
  })
}

export function ratingsQuery(filter: RatingFilter) {
  return infiniteQueryOptions({
    queryKey: [...KEY, 'list', filter],
    queryFn: ({ pageParam }): Promise<Page<Rating>> =>
      call(api.GET('/api/ratings/', { params: { query: { ...filter, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => cursorOf(page.next),
  })
}

export function summaryQuery(filter: RatingFilter) {
  return queryOptions({
    queryKey: [...KEY, 'summary', filter],
    queryFn: (): Promise<RatingSummary> =>
      call(api.GET('/api/ratings/summary/', { params: { query: filter } })),
  })
}

export type OptionValues = Record<string, unknown>

/** The same key as the other settings: whoever writes it, all see it. */
export const optionsQuery = queryOptions({
  queryKey: ['company', 'settings'],
  queryFn: async () => (await call(api.GET('/api/company/settings/'))) as OptionValues,
})

export const phrasesQuery = queryOptions({
  queryKey: ['phrases'],
  queryFn: async () => (await call(api.GET('/api/phrases/'))) as Record<string, string>,
  staleTime: 300_000,
})

export function useChangeOptions() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: OptionValues) => call(api.PATCH('/api/company/settings/', { body })),
    onSuccess: (values) => client.setQueryData(optionsQuery.queryKey, values as OptionValues),
  })
}
