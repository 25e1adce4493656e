/** What the number of a conversation can send, and how much of it fits. */
import { queryOptions } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'

export const kindsQuery = (connection: number) =>
  queryOptions({
    queryKey: ['connection-kinds', connection],
    queryFn: () => call(api.GET('/api/connections/{id}/kinds/', { params: { path: { id: connection } } })),
    staleTime: 3_600_000,
  })
