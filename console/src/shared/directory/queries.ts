/** The short lists that many screens need: queues, tags, people and connections of the company. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, call, everyPage } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { Connection, CustomField, Device, Hours, Menu, Queue, Tag, User } from '@/shared/api/types'
import { upsertRows } from '@/shared/realtime/rows'

const keep = { staleTime: 300_000 }

export const queuesQuery = queryOptions({
  ...keep,
  queryKey: ['queues'],
  queryFn: () =>
    everyPage<Queue>((cursor) => call(api.GET('/api/queues/', { params: { query: { cursor } } }))),
})

export const usersQuery = queryOptions({
  ...keep,
  queryKey: ['users'],
  queryFn: () => everyPage<User>((cursor) => call(api.GET('/api/users/', { params: { query: { cursor } } }))),
})

export const connectionsQuery = queryOptions({
  ...keep,
  queryKey: ['connections'],
  queryFn: () =>
    everyPage<Connection>((cursor) => call(api.GET('/api/connections/', { params: { query: { cursor } } }))),
})

export const hoursQuery = queryOptions({
  ...keep,
  queryKey: ['hours'],
  queryFn: () =>
    everyPage<Hours>((cursor) => call(api.GET('/api/hours/', { params: { query: { cursor } } }))),
})

export const menusQuery = queryOptions({
  ...keep,
  queryKey: ['menus'],
  queryFn: () => everyPage<Menu>((cursor) => call(api.GET('/api/menus/', { params: { query: { cursor } } }))),
})

export const tagsQuery = queryOptions({
  ...keep,
  queryKey: ['tags'],
  queryFn: () => everyPage<Tag>((cursor) => call(api.GET('/api/tags/', { params: { query: { cursor } } }))),
})

export const fieldsQuery = queryOptions({
  ...keep,
  queryKey: ['fields'],
  queryFn: () =>
    everyPage<CustomField>((cursor) => call(api.GET('/api/fields/', { params: { query: { cursor } } }))),
})

/** The company's own fields of tickets or of contacts, in its order. */
export function useFields(on: CustomField['on']): CustomField[] {
  return (useQuery(fieldsQuery).data ?? []).filter((field) => field.on === on)
}

export function putFields(rows: readonly CustomField[]): void {
  queryClient.setQueryData(
    fieldsQuery.queryKey,
    (known) => known && upsertRows(known, rows).toSorted((a, b) => a.position - b.position),
  )
}

export function dropFields(rows: readonly CustomField[]): void {
  queryClient.setQueryData(fieldsQuery.queryKey, (known) =>
    known?.filter(({ id }) => !rows.some((row) => row.id === id)),
  )
}

export function useTags(): Tag[] {
  return useQuery(tagsQuery).data ?? []
}

export function useQueues(): Queue[] {
  return useQuery(queuesQuery).data ?? []
}

export function useUsers(): User[] {
  return useQuery(usersQuery).data ?? []
}

export function useConnections(): Connection[] {
  return useQuery(connectionsQuery).data ?? []
}

export const devicesQuery = queryOptions({
  queryKey: ['devices'],
  queryFn: () =>
    everyPage<Device>((cursor) => call(api.GET('/api/devices/', { params: { query: { cursor } } }))),
})

/** Writes rows that came by event or as the answer to a change. Lists that nobody has read stay unread. */
export function putQueues(rows: readonly Queue[]): void {
  queryClient.setQueryData(queuesQuery.queryKey, (known) => known && upsertRows(known, rows))
}

export function putUsers(rows: readonly User[]): void {
  queryClient.setQueryData(usersQuery.queryKey, (known) => known && upsertRows(known, rows))
}

export function putConnections(rows: readonly Connection[]): void {
  queryClient.setQueryData(connectionsQuery.queryKey, (known) => known && upsertRows(known, rows))
}

/** Linked devices, by the ids of their connections. */
export function putDevices(rows: readonly Device[]): void {
  queryClient.setQueryData(devicesQuery.queryKey, (known) => known && upsertRows(known, rows))
}

export function putTags(rows: readonly Tag[]): void {
  queryClient.setQueryData(tagsQuery.queryKey, (known) => known && upsertRows(known, rows))
}

export function putHours(rows: readonly Hours[]): void {
  queryClient.setQueryData(hoursQuery.queryKey, (known) => known && upsertRows(known, rows))
}

export function putMenus(rows: readonly Menu[]): void {
  queryClient.setQueryData(menusQuery.queryKey, (known) => known && upsertRows(known, rows))
}

/** Deleted rows leave the lists; whoever wants to see them asks for them. */
export function dropQueues(rows: readonly Queue[]): void {
  queryClient.setQueryData(queuesQuery.queryKey, (known) =>
    known?.filter(({ id }) => !rows.some((row) => row.id === id)),
  )
}

export function dropConnections(rows: readonly Connection[]): void {
  queryClient.setQueryData(connectionsQuery.queryKey, (known) =>
    known?.filter(({ id }) => !rows.some((row) => row.id === id)),
  )
}

export function dropTags(rows: readonly Tag[]): void {
  queryClient.setQueryData(tagsQuery.queryKey, (known) =>
    known?.filter(({ id }) => !rows.some((row) => row.id === id)),
  )
}

export function dropHours(rows: readonly Hours[]): void {
  queryClient.setQueryData(hoursQuery.queryKey, (known) =>
    known?.filter(({ id }) => !rows.some((row) => row.id === id)),
  )
}

export function dropMenus(rows: readonly Menu[]): void {
  queryClient.setQueryData(menusQuery.queryKey, (known) =>
    known?.filter(({ id }) => !rows.some((row) => row.id === id)),
  )
}
