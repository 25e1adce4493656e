/** What a message said before its writer changed or deleted it. */
import { useQuery } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'

/** Read when somebody asks; a further edit has another version and is read anew. */
export function useEdits(message: number, version: number) {
  return useQuery({
    queryKey: ['messages', 'edits', message, version],
    queryFn: async () => {
      const path = { params: { path: { id: message } } }
      return (await call(api.GET('/api/messages/{id}/edits/', path))).results
    },
  })
}
