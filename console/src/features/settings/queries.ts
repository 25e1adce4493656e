/** What the settings screens read and write. */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, call, cursorOf, everyPage } from '@/shared/api/client'
import type { ApiKey, AuditEntry, Language, Page, SettingSchema } from '@/shared/api/types'

export type SettingValues = Record<string, unknown>

export const companyQuery = queryOptions({
  queryKey: ['company'],
  queryFn: () => call(api.GET('/api/company/')),
})

export const settingsQuery = queryOptions({
  queryKey: ['company', 'settings'],
  queryFn: async () => (await call(api.GET('/api/company/settings/'))) as SettingValues,
})

export const settingsSchemaQuery = queryOptions({
  queryKey: ['company', 'settings', 'schema'],
  queryFn: async () => (await call(api.GET('/api/company/settings/schema/'))) as SettingSchema[],
  staleTime: Number.POSITIVE_INFINITY,
})

export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: () =>
    everyPage<ApiKey>((cursor) => call(api.GET('/api/api-keys/', { params: { query: { cursor } } }))),
})

export const auditQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: ({ pageParam }): Promise<Page<AuditEntry>> =>
    call(api.GET('/api/audit/', { params: { query: { cursor: pageParam } } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => cursorOf(page.next),
  staleTime: 0,
})

export interface CompanyChanges {
  name: string
  timezone: string
  language: Language
}

export function useChangeCompany() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: CompanyChanges) => call(api.PATCH('/api/company/', { body })),
    onSuccess: (company) => client.setQueryData(companyQuery.queryKey, company),
  })
}

export function useChangeSettings() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: SettingValues) => call(api.PATCH('/api/company/settings/', { body })),
    onSuccess: (values) => client.setQueryData(settingsQuery.queryKey, values as SettingValues),
  })
}

export type Scope = ApiKey['scopes'][number]

export function useCreateApiKey() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { name: string; scopes: Scope[]; expires_at: string | null }) =>
      call(api.POST('/api/api-keys/', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: apiKeysQuery.queryKey }),
  })
}

export function useRevokeApiKey() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => call(api.DELETE('/api/api-keys/{id}/', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: apiKeysQuery.queryKey }),
  })
}
