/** What the search asks the server. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, call, cursorOf } from '@/shared/api/client'
import type { Contact, Hit, Page } from '@/shared/api/types'

const FEW = 4
const shared = { staleTime: 10_000, retry: false } as const

/** A page may be short, even empty, and have a next: then not everything was looked at yet. */
export function hitsQuery(q: string) {
  return infiniteQueryOptions({
    ...shared,
    queryKey: ['search', q],
    queryFn: ({ pageParam, signal }): Promise<Page<Hit>> =>
      call(api.GET('/api/search/tickets/', { params: { query: { q, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => cursorOf(page.next),
    placeholderData: keepPreviousData,
  })
}

export function contactsQuery(search: string) {
  return queryOptions({
    ...shared,
    queryKey: ['search', 'contacts', search],
    queryFn: async ({ signal }): Promise<Contact[]> =>
      (await call(api.GET('/api/contacts/', { params: { query: { search } }, signal }))).results.slice(
        0,
        FEW,
      ),
    placeholderData: keepPreviousData,
  })
}
