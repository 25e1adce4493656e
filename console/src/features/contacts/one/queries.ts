/** What hangs on one contact: where its addresses are from, all that happened, merges. */
import { infiniteQueryOptions, queryOptions, useMutation } from '@tanstack/react-query'
import { api, call, cursorOf } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { Evidence, Page, TimelineEntry } from '@/shared/api/types'
import { mergesChanged } from '../events'

export function evidenceQuery(id: number) {
  return queryOptions({
    queryKey: ['contact-evidence', id] as const,
    queryFn: (): Promise<Evidence[]> =>
      call(api.GET('/api/contacts/{id}/evidence/', { params: { path: { id } } })),
  })
}

export function timelineQuery(id: number) {
  return infiniteQueryOptions({
    queryKey: ['contact-timeline', id] as const,
    queryFn: ({ pageParam, signal }): Promise<Page<TimelineEntry>> =>
      call(
        api.GET('/api/contacts/{id}/timeline/', {
          params: { path: { id }, query: { cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => cursorOf(page.next),
  })
}

export interface MergeValues {
  from: number
  into: number
  take: ('name' | 'number' | 'email' | 'owner')[]
  merge_tickets: boolean
}

export function useMerge() {
  return useMutation({
    mutationFn: ({ from, ...body }: MergeValues) =>
      call(api.POST('/api/contacts/{id}/merge/', { params: { path: { id: from } }, body })),
    onSuccess: mergesChanged,
  })
}

export function useTakeApart() {
  return useMutation({
    mutationFn: (id: number) =>
      call(api.POST('/api/contact-merges/{id}/undo/', { params: { path: { id } } })),
    onSuccess: mergesChanged,
  })
}

export function contactMoved(id: number): void {
  for (const part of ['contact', 'contact-evidence', 'contact-timeline', 'contact-notes'])
    void queryClient.invalidateQueries({ queryKey: [part, id] })
}
