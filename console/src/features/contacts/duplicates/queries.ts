/** Pairs of contacts that may be one person, and what people say about them. */
import { infiniteQueryOptions, useMutation } from '@tanstack/react-query'
import { api, call, cursorOf } from '@/shared/api/client'
import type { Contact, Duplicate, Page } from '@/shared/api/types'

export const duplicatesQuery = infiniteQueryOptions({
  queryKey: ['contact-duplicates'],
  queryFn: ({ pageParam, signal }): Promise<Page<Duplicate>> =>
    call(api.GET('/api/contact-duplicates/', { params: { query: { cursor: pageParam } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => cursorOf(page.next),
})

type Pair = readonly [Contact, Contact]

export function useNotTheSame() {
  return useMutation({
    mutationFn: ([first, second]: Pair) =>
      call(api.POST('/api/contact-duplicates/part/', { body: { first: first.id, second: second.id } })),
  })
}

export function useForgetNotTheSame() {
  return useMutation({
    mutationFn: ([first, second]: Pair) =>
      call(api.POST('/api/contact-duplicates/forget/', { body: { first: first.id, second: second.id } })),
  })
}

export function keyOf({ first, second }: Duplicate): string {
  return `${first.id}-${second.id}`
}
