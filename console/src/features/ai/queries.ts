/** AI providers of the company, and what asking them took. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import type { components } from '@/shared/api/schema'

type Schemas = components['schemas']
export type Provider = Schemas['AiProvider']
export type Check = Schemas['AiCheck']
export type UsageLine = Schemas['AiUsageLine']
export type UsageReport = Schemas['AiUsageReport']
export type ProviderBody = Partial<Schemas['PatchedAiProviderFormRequest']>

const KEY = ['ai']

export const GROUPS = ['assistant', 'purpose', 'model', 'provider'] as const
export type Group = (typeof GROUPS)[number] | 'day' | 'month'

export const providersQuery = queryOptions({
  queryKey: [...KEY, 'providers'],
  queryFn: async (): Promise<Provider[]> => (await call(api.GET('/api/ai/providers/'))).results,
})

export const deletedProvidersQuery = queryOptions({
  queryKey: [...KEY, 'providers', 'deleted'],
  queryFn: async (): Promise<Provider[]> =>
    (await call(api.GET('/api/ai/providers/', { params: { query: { deleted: true } } }))).results,
})

/** Read from the provider itself each time the drawer opens. */
export function modelsQuery(provider: number) {
  return queryOptions({
    queryKey: [...KEY, 'models', provider],
    queryFn: async () =>
      (await call(api.GET('/api/ai/models/', { params: { query: { provider } } }))).results,
    staleTime: 60_000,
    retry: false,
  })
}

export interface UsageFilter {
  by: Group
  after: string
  before: string
}

export function usageQuery(query: UsageFilter) {
  return queryOptions({
    queryKey: [...KEY, 'usage', query],
    queryFn: (): Promise<UsageReport> => call(api.GET('/api/ai/usage/', { params: { query } })),
  })
}

export function useProviderChanges(provider: Provider | null) {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: KEY })
  return {
    save: useMutation({
      mutationFn: (body: ProviderBody & { name: string }) =>
        provider
          ? call(api.PATCH('/api/ai/providers/{id}/', { params: { path: { id: provider.id } }, body }))
          : call(api.POST('/api/ai/providers/', { body })),
      onSuccess,
    }),
    check: useMutation({
      mutationFn: (id: number): Promise<Check> =>
        call(api.POST('/api/ai/providers/{id}/check/', { params: { path: { id } } })),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: ({ id }: Provider) =>
        call(api.DELETE('/api/ai/providers/{id}/', { params: { path: { id } } })),
      onSuccess,
    }),
    restore: useMutation({
      mutationFn: (id: number) =>
        call(api.POST('/api/ai/providers/{id}/restore/', { params: { path: { id } } })),
      onSuccess,
    }),
  }
}
