/** What the account screens read. */
import { queryOptions } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async () => (await call(api.GET('/api/auth/sessions/'))).results,
  staleTime: 0,
})
