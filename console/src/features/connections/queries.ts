/** Changing and checking connections; the list itself is in shared/directory. */
import { queryOptions, useMutation } from '@tanstack/react-query'
import { api, call, everyPage } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { Connection } from '@/shared/api/types'
import { dropConnections, putConnections } from '@/shared/directory/queries'

export interface ConnectionValues extends Record<string, unknown> {
  name: string
  queue: string
  reopen_minutes: number
  is_default: boolean
  /** Ids of choices, as selects hold them; "" is none. */
  menu: string
  hours: string
  greeting: string
  farewell: string
  out_of_hours: string
  credentials: {
    phone_number_id: string
    waba_id: string
    app_id: string
    app_secret: string
    access_token: string
    graph_version: string
    api_root: string
  }
}

export const deletedConnectionsQuery = queryOptions({
  queryKey: ['connections', 'deleted'],
  queryFn: async () => {
    const load = (cursor?: string) =>
      call(api.GET('/api/connections/', { params: { query: { cursor, deleted: true } } }))
    return (await everyPage<Connection>(load)).filter(({ is_deleted }) => is_deleted)
  },
})

export function useSaveConnection(connection: Connection | null) {
  return useMutation({
    mutationFn: ({ queue, menu, hours, credentials, ...rest }: ConnectionValues) => {
      // Empty means "as it is": secrets are never sent back to us, so their fields start empty.
      const written = Object.fromEntries(
        Object.entries(credentials).filter(([, value]) => value.trim() !== ''),
      )
      const chosen = { queue: idOf(queue), menu: idOf(menu), hours: idOf(hours) }
      const body = { ...rest, ...chosen, credentials: written }
      if (connection)
        return call(api.PATCH('/api/connections/{id}/', { params: { path: { id: connection.id } }, body }))
      return call(api.POST('/api/connections/', { body: { ...body, kind: 'cloud_api' } }))
    },
    onSuccess: (saved) => putConnections([saved]),
  })
}

export function useCheckConnection() {
  return useMutation({
    mutationFn: (id: number) => call(api.POST('/api/connections/{id}/check/', { params: { path: { id } } })),
  })
}

export function useDeleteConnection() {
  return useMutation({
    mutationFn: (connection: Connection) =>
      call(api.DELETE('/api/connections/{id}/', { params: { path: { id: connection.id } } })),
    onSuccess: (_nothing, connection) => {
      dropConnections([connection])
      void queryClient.invalidateQueries({ queryKey: deletedConnectionsQuery.queryKey })
    },
  })
}

export function useRestoreConnection() {
  return useMutation({
    mutationFn: (id: number) =>
      call(api.POST('/api/connections/{id}/restore/', { params: { path: { id } } })),
    onSuccess: (connection) => {
      putConnections([connection])
      void queryClient.invalidateQueries({ queryKey: deletedConnectionsQuery.queryKey })
    },
  })
}

export function idOf(chosen: string): number | null {
  return chosen ? Number(chosen) : null
}
