/** Contacts: searched and filtered on the server, changed here. */
import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation } from '@tanstack/react-query'
import { api, call, cursorOf, everyPage } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { Contact, Page, Segment } from '@/shared/api/types'
import type { ContactChanges } from '@/shared/contacts/queries'
import type { ContactSort, ContactsSearch } from './search'

const AT_ONCE = 60

/** What narrows a list, as the API takes it. A filter of one's own stands in for that of the segment. */
export function asked({ search, segment, filter, sort, deleted }: ContactsSearch) {
  return {
    search,
    segment: filter ? undefined : segment,
    filter: filter && JSON.stringify(filter),
    sort,
    deleted,
  }
}

/** Pages by search and filter; `contact-list` so that the single contacts of other screens are left alone. */
export function contactsQuery(search: ContactsSearch) {
  const query = asked(search)
  return infiniteQueryOptions({
    queryKey: ['contact-list', query],
    queryFn: ({ pageParam, signal }): Promise<Page<Contact>> =>
      call(
        api.GET('/api/contacts/', {
          params: { query: { ...query, cursor: pageParam, limit: AT_ONCE } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => cursorOf(page.next),
    // What was found stays while the next letter is looked up.
    placeholderData: keepPreviousData,
  })
}

/** A few to choose from while one types. */
export function foundQuery(search: string) {
  return queryOptions({
    queryKey: ['contact-found', search],
    queryFn: async ({ signal }): Promise<Contact[]> =>
      (await call(api.GET('/api/contacts/', { params: { query: { search, limit: 8 } }, signal }))).results,
    placeholderData: keepPreviousData,
    enabled: search.trim().length > 1,
  })
}

export const conditionsQuery = queryOptions({
  queryKey: ['contact-conditions'],
  queryFn: async () => (await call(api.GET('/api/contacts/filters/'))).conditions,
  staleTime: Number.POSITIVE_INFINITY,
})

export const segmentsQuery = queryOptions({
  queryKey: ['segments'],
  queryFn: () =>
    everyPage<Segment>((cursor) => call(api.GET('/api/segments/', { params: { query: { cursor } } }))),
})

export const segmentCountsQuery = queryOptions({
  queryKey: ['segment-counts'],
  queryFn: async () => {
    const { counts, cap } = await call(api.GET('/api/segments/counts/'))
    return { cap, of: new Map(counts.map(({ segment, count }) => [segment, count])) }
  },
  structuralSharing: false,
})

export interface SegmentValues extends Record<string, unknown> {
  name: string
  color: string
  is_shared: boolean
}

export function useSaveSegment(segment: Segment | null) {
  return useMutation({
    mutationFn: (body: SegmentValues & { filter: Record<string, unknown>; sort: ContactSort }) =>
      segment
        ? call(api.PATCH('/api/segments/{id}/', { params: { path: { id: segment.id } }, body }))
        : call(api.POST('/api/segments/', { body })),
    onSuccess: segmentsChanged,
  })
}

export function useDeleteSegment() {
  return useMutation({
    mutationFn: ({ id }: Segment) => call(api.DELETE('/api/segments/{id}/', { params: { path: { id } } })),
    onSuccess: segmentsChanged,
  })
}

export function segmentsChanged(): void {
  void queryClient.invalidateQueries({ queryKey: segmentsQuery.queryKey })
  void queryClient.invalidateQueries({ queryKey: segmentCountsQuery.queryKey })
}

export function useAddContact() {
  return useMutation({
    mutationFn: (body: ContactChanges) => call(api.POST('/api/contacts/', { body })),
    onSuccess: refreshContacts,
  })
}

export function useDeleteContact() {
  return useMutation({
    mutationFn: (id: number) => call(api.DELETE('/api/contacts/{id}/', { params: { path: { id } } })),
    onSuccess: refreshContacts,
  })
}

export function useRestoreContact() {
  return useMutation({
    mutationFn: (id: number) => call(api.POST('/api/contacts/{id}/restore/', { params: { path: { id } } })),
    onSuccess: refreshContacts,
  })
}

export function refreshContacts(): void {
  void queryClient.invalidateQueries({ queryKey: ['contact-list'] })
  void queryClient.invalidateQueries({ queryKey: segmentCountsQuery.queryKey })
}
