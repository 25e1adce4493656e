/** What the screens of quick replies read and write; the list itself is in shared/answers. */
import { keepPreviousData, queryOptions, useMutation } from '@tanstack/react-query'
import { quickRepliesQuery } from '@/shared/answers/queries'
import { api, call, everyPage } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { QuickReply, Rendered } from '@/shared/api/types'

export interface ReplyFields extends Record<string, unknown> {
  shortcut: string
  title: string
  folder: string
  body: string
  is_shared: boolean
}

export type ReplyValues = ReplyFields & { attachments?: number[] }

export const deletedRepliesQuery = queryOptions({
  queryKey: [...quickRepliesQuery.queryKey, 'deleted'],
  queryFn: () =>
    everyPage<QuickReply>((cursor) =>
      call(api.GET('/api/quick-replies/', { params: { query: { cursor, deleted: true } } })),
    ),
})

export function useSaveReply(reply: QuickReply | null) {
  return useMutation({
    mutationFn: (body: ReplyValues) =>
      reply
        ? call(api.PATCH('/api/quick-replies/{id}/', { params: { path: { id: reply.id } }, body }))
        : call(api.POST('/api/quick-replies/', { body })),
    onSuccess: readAgain,
  })
}

export function useDeleteReply() {
  return useMutation({
    mutationFn: ({ id }: QuickReply) =>
      call(api.DELETE('/api/quick-replies/{id}/', { params: { path: { id } } })),
    onSuccess: readAgain,
  })
}

export function useRestoreReply() {
  return useMutation({
    mutationFn: (id: number) =>
      call(api.POST('/api/quick-replies/{id}/restore/', { params: { path: { id } } })),
    onSuccess: readAgain,
  })
}

/** As this customer would read it. */
export function previewQuery(reply: number, ticket: number) {
  return queryOptions({
    queryKey: ['quick-reply-preview', reply, ticket],
    queryFn: (): Promise<Rendered> =>
      call(
        api.POST('/api/quick-replies/{id}/preview/', { params: { path: { id: reply } }, body: { ticket } }),
      ),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  })
}

/** The same, counted; its files come as uploads that may be sent. */
export function takeReply(reply: number, ticket: number): Promise<Rendered> {
  return call(api.POST('/api/quick-replies/{id}/use/', { params: { path: { id: reply } }, body: { ticket } }))
}

function readAgain(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: quickRepliesQuery.queryKey })
}
