/** What the screens of macros read and write; the list itself is in shared/answers. */
import { queryOptions, useMutation } from '@tanstack/react-query'
import { macrosQuery } from '@/shared/answers/queries'
import { api, call, everyPage } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { Macro } from '@/shared/api/types'

export interface MacroValues {
  name: string
  steps: Record<string, unknown>[]
  is_shared: boolean
}

export const deletedMacrosQuery = queryOptions({
  queryKey: [...macrosQuery.queryKey, 'deleted'],
  queryFn: () =>
    everyPage<Macro>((cursor) =>
      call(api.GET('/api/macros/', { params: { query: { cursor, deleted: true } } })),
    ),
})

export function useSaveMacro(macro: Macro | null) {
  return useMutation({
    mutationFn: (body: MacroValues) =>
      macro
        ? call(api.PATCH('/api/macros/{id}/', { params: { path: { id: macro.id } }, body }))
        : call(api.POST('/api/macros/', { body })),
    onSuccess: readAgain,
  })
}

export function useDeleteMacro() {
  return useMutation({
    mutationFn: ({ id }: Macro) => call(api.DELETE('/api/macros/{id}/', { params: { path: { id } } })),
    onSuccess: readAgain,
  })
}

export function useRestoreMacro() {
  return useMutation({
    mutationFn: (id: number) => call(api.POST('/api/macros/{id}/restore/', { params: { path: { id } } })),
    onSuccess: readAgain,
  })
}

/** What it would do to this ticket now. Never kept: the ticket may be another a moment later. */
export function rehearsalQuery(macro: number, ticket: number) {
  return queryOptions({
    queryKey: ['macro-preview', macro, ticket],
    queryFn: async () => {
      const params = { path: { id: macro } }
      return (await call(api.POST('/api/macros/{id}/preview/', { params, body: { ticket } }))).steps
    },
    staleTime: 0,
    gcTime: 0,
  })
}

/** `client_id` makes a repeated press send nothing twice. */
export function useRunMacro(ticket: number) {
  return useMutation({
    mutationFn: ({ macro, client_id }: { macro: number; client_id: string }) =>
      call(
        api.POST('/api/macros/{id}/run/', { params: { path: { id: macro } }, body: { ticket, client_id } }),
      ),
  })
}

function readAgain(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: macrosQuery.queryKey })
}
