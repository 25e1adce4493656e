/** What the copilot reads and writes beside its questions. */
import { queryOptions } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import type { Rendered } from '@/shared/api/types'

/** Whether the company has anybody to ask. Changes rarely, so it is asked rarely. */
export const readyQuery = queryOptions({
  queryKey: ['copilot', 'ready'],
  queryFn: async () => (await call(api.GET('/api/ai/copilot/ready/'))).is_ready,
  staleTime: 300_000,
})

/** A quick reply with this customer's name and its files in it. */
export function takeReply(id: number, ticket: number): Promise<Rendered> {
  return call(api.POST('/api/quick-replies/{id}/use/', { params: { path: { id } }, body: { ticket } }))
}
