/** What WhatsApp messages cost: sums, and the company's price list. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import { toApiError } from '@/shared/api/errors'
import type { components } from '@/shared/api/schema'
import { download } from '@/shared/lib/download'

type Schemas = components['schemas']
export type Price = Schemas['Price']
export type CostTotal = Schemas['CostTotal']
export type CostReport = Schemas['CostReport']

const KEY = ['costs']

export const GROUPS = ['month', 'agent', 'connection', 'ticket', 'category', 'country'] as const
export type Group = (typeof GROUPS)[number]
export const CATEGORIES = [
  'marketing',
  'utility',
  'authentication',
  'authentication_international',
  'service',
] as const

export interface CostFilter {
  by: Group
  after: string
}

export function reportQuery(query: CostFilter) {
  return queryOptions({
    queryKey: [...KEY, 'report', query],
    queryFn: (): Promise<CostReport> => call(api.GET('/api/costs/', { params: { query } })),
  })
}

export async function exportCosts(after: string): Promise<void> {
  const answer = api.GET('/api/costs/export/', { params: { query: { after } }, parseAs: 'blob' })
  const response = await download(answer, 'costs.csv')
  if (!response.ok) throw toApiError(response, await response.json().catch(() => null))
}

export function ticketCostQuery(id: number) {
  return queryOptions({
    queryKey: [...KEY, 'ticket', id],
    queryFn: (): Promise<CostReport> =>
      call(api.GET('/api/tickets/{id}/cost/', { params: { path: { id } } })),
    staleTime: 30_000,
  })
}

export function estimateQuery(ticket: number) {
  return queryOptions({
    queryKey: [...KEY, 'estimate', ticket],
    queryFn: () => call(api.POST('/api/costs/estimate/', { body: { ticket } })),
    staleTime: 60_000,
  })
}

export const pricesQuery = queryOptions({
  queryKey: [...KEY, 'prices'],
  queryFn: async (): Promise<Price[]> => (await call(api.GET('/api/prices/'))).results,
})

export interface NewPrice {
  country: string
  category: Price['category']
  amount: string
  starts_on: string
}

export function usePriceChanges() {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: KEY })
  return {
    add: useMutation({
      mutationFn: (body: NewPrice) => call(api.POST('/api/prices/', { body })),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: (id: number) => call(api.DELETE('/api/prices/{id}/', { params: { path: { id } } })),
      onSuccess,
    }),
    again: useMutation({ mutationFn: () => call(api.POST('/api/costs/again/')), onSuccess }),
  }
}
