/** Quick replies and macros: kept at hand, for they are chosen while a customer waits. */
import { queryOptions } from '@tanstack/react-query'
import { api, call, everyPage } from '@/shared/api/client'
import type { Macro, QuickReply } from '@/shared/api/types'

const keep = { staleTime: 300_000 }

export const quickRepliesQuery = queryOptions({
  ...keep,
  queryKey: ['quick-replies'],
  queryFn: () =>
    everyPage<QuickReply>((cursor) =>
      call(api.GET('/api/quick-replies/', { params: { query: { cursor } } })),
    ),
})

export const macrosQuery = queryOptions({
  ...keep,
  queryKey: ['macros'],
  queryFn: () =>
    everyPage<Macro>((cursor) => call(api.GET('/api/macros/', { params: { query: { cursor } } }))),
})
