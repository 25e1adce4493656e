/** What the number of a conversation can send, and how much of it fits; what is kept to begin with another time. */
import { queryOptions, useMutation } from '@tanstack/react-query'
import { quickRepliesQuery } from '@/shared/answers/queries'
import { api, call } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { QuickReply } from '@/shared/api/types'

export const kindsQuery = (connection: number) =>
  queryOptions({
    queryKey: ['connection-kinds', connection],
    queryFn: () => call(api.GET('/api/connections/{id}/kinds/', { params: { path: { id: connection } } })),
    staleTime: 3_600_000,
  })

/** Forms that Meta keeps for the company; none where they cannot be read: then an id is typed. */
export const formsQuery = (connection: number) =>
  queryOptions({
    queryKey: ['connection-forms', connection],
    queryFn: () => call(api.GET('/api/connections/{id}/forms/', { params: { path: { id: connection } } })),
    staleTime: 300_000,
    retry: false,
  })

type Kept = Pick<QuickReply, 'shortcut' | 'title' | 'body' | 'content' | 'is_shared'> & { kind: string }

export function useKeep() {
  return useMutation({
    mutationFn: ({ kind, ...kept }: Kept) =>
      call(api.POST('/api/quick-replies/', { body: { ...kept, kind: kind as QuickReply['kind'] } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: quickRepliesQuery.queryKey }),
  })
}
