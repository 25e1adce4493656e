/** Views: lists of conversations with a name. Everybody has some, people and companies save their own. */
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { api, call, everyPage } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { SavedView } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { toast } from '@/shared/ui/toast'
import { type Group, isSameFilter, tidied } from './filter'
import type { Sort } from './order'

export interface View {
  /** What the address calls it. */
  key: number | string
  name: string
  filter: Group | undefined
  sort: Sort
  color: string | null
  kind: 'own' | 'shared' | 'preset'
  count: number
  unread: number
  /** The row, where there is one to change. */
  row: SavedView | null
}

const A_MINUTE = 60_000

export const viewsQuery = queryOptions({
  queryKey: ['views', 'list'],
  staleTime: 300_000,
  queryFn: () =>
    everyPage<SavedView>((cursor) => call(api.GET('/api/views/', { params: { query: { cursor } } }))),
})

export const filterSchemaQuery = queryOptions({
  queryKey: ['filters'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: () => call(api.GET('/api/tickets/filters/')),
})

const countsQuery = queryOptions({
  queryKey: ['views', 'counts'],
  queryFn: () => call(api.GET('/api/views/counts/')),
  // Waiting grows and windows close without an event.
  refetchInterval: A_MINUTE,
})

/** One's own first, then the company's, then those that everybody has. */
export function useViews(): { views: View[]; cap: number; isPending: boolean; error: unknown } {
  const { t } = useTranslation('finding')
  const saved = useQuery(viewsQuery)
  const schema = useQuery(filterSchemaQuery)
  const counts = useQuery(countsQuery).data
  const countOf = (row: { count: number; unread: number } | undefined) => ({
    count: row?.count ?? 0,
    unread: row?.unread ?? 0,
  })
  const rows = (saved.data ?? []).toSorted((a, b) => Number(a.is_shared) - Number(b.is_shared))
  const own = rows.map(
    (row): View => ({
      key: row.id,
      name: row.name,
      filter: tidied(filterOf(row.filter)),
      sort: row.sort,
      color: row.color,
      kind: row.is_shared ? 'shared' : 'own',
      row,
      ...countOf(counts?.counts.find(({ view }) => view === row.id)),
    }),
  )
  const presets = (schema.data?.presets ?? []).map(
    ({ name, filter, sort }): View => ({
      key: name,
      name: t(`presets.${name}`),
      filter: tidied(filterOf(filter)),
      sort,
      color: null,
      kind: 'preset',
      row: null,
      ...countOf(counts?.presets.find(({ preset }) => preset === name)),
    }),
  )
  return {
    views: [...own, ...presets],
    cap: counts?.cap ?? 1_000,
    isPending: saved.isPending || schema.isPending,
    error: saved.error ?? schema.error,
  }
}

export function isChanged(view: View, filter: Group | undefined, sort: Sort): boolean {
  return view.sort !== sort || !isSameFilter(view.filter, filter)
}

export type ViewValues = {
  name: string
  color: string
  is_shared: boolean
}

interface Save extends Partial<ViewValues> {
  id?: number
  filter?: Group | undefined
  sort?: Sort
  position?: number
}

export function useSaveView() {
  return useMutation({
    mutationFn: ({ id, filter, ...rest }: Save) => {
      const body = { ...rest, ...(filter && { filter: filter as Record<string, unknown> }) }
      return call(
        id
          ? api.PATCH('/api/views/{id}/', { params: { path: { id } }, body })
          : api.POST('/api/views/', { body: { name: '', ...body } }),
      )
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['views'] }),
  })
}

export function useDeleteView() {
  const errorText = useErrorText()
  return useMutation({
    mutationFn: (id: number) => call(api.DELETE('/api/views/{id}/', { params: { path: { id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['views'] }),
    onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
  })
}

function filterOf(given: Record<string, unknown>): Group | undefined {
  return 'all' in given || 'any' in given ? (given as unknown as Group) : undefined
}
