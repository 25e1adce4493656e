/** Bringing a number: values looked at while they are typed, Meta's window, what is left to do, secrets. */

import { useDebouncedValue } from '@mantine/hooks'
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { api, call, everyPage } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { CloudStep, MetaApp } from '@/shared/api/types'
import { putConnections } from '@/shared/directory/queries'
import type { ConnectionValues } from '../queries'

const TYPING_MS = 600

/** Asks Meta a moment after the last key. Secrets are asked with and kept nowhere. */
export function useProbe(values: ConnectionValues['credentials']) {
  const [asked] = useDebouncedValue(values, TYPING_MS)
  return useQuery({
    queryKey: ['connection-probe', asked],
    queryFn: () => call(api.POST('/api/connections/probe/', { body: asked })),
    enabled: Boolean((asked.app_id && asked.app_secret) || asked.access_token),
    placeholderData: (before) => before,
    gcTime: 0,
    staleTime: 60_000,
    retry: false,
  })
}

export const stepsQuery = (id: number) =>
  queryOptions({
    queryKey: ['connections', id, 'cloud'],
    queryFn: async () =>
      (await call(api.GET('/api/connections/{id}/cloud/', { params: { path: { id } } }))).steps,
    retry: false,
  })

export type CloudAct =
  | { act: 'register' | 'pin'; pin: string }
  | { act: 'request-code'; method: 'sms' | 'voice'; language: string }
  | { act: 'verify-code'; code: string }
  | { act: 'subscribe' | 'callback' }
  | { act: 'token'; access_token: string }

export function useCloudAct(id: number) {
  return useMutation({
    mutationFn: async ({ act, ...body }: CloudAct): Promise<CloudStep[] | null> => {
      const path = `/api/connections/{id}/cloud/${act}/` as '/api/connections/{id}/cloud/register/'
      const answer = await call(api.POST(path, { params: { path: { id } }, body: body as { pin: string } }))
      return answer?.steps ?? null
    },
    onSuccess: (steps) => steps && queryClient.setQueryData(stepsQuery(id).queryKey, steps),
  })
}

export const invitationQuery = (onPhone: boolean) =>
  queryOptions({
    queryKey: ['connections', 'signup', onPhone],
    queryFn: () => call(api.GET('/api/connections/signup/', { params: { query: { on_phone: onPhone } } })),
    // The state in it is good for half an hour.
    staleTime: 10 * 60_000,
    gcTime: 10 * 60_000,
  })

export function useFinishSignup() {
  return useMutation({
    mutationFn: (body: { code: string; state: string; waba_id?: string; phone_number_id?: string }) =>
      call(api.POST('/api/connections/signup/', { body })),
    onSuccess: ({ connections }) => putConnections(connections.map(({ connection }) => connection)),
  })
}

export const metaAppsQuery = queryOptions({
  queryKey: ['meta-apps'],
  queryFn: async () => {
    const load = (cursor?: string) => call(api.GET('/api/meta-apps/', { params: { query: { cursor } } }))
    return everyPage<MetaApp>(load)
  },
})

type AppAct = { act: 'rotate-secret'; app_secret: string } | { act: 'retire-secrets' | 'rotate-verify-token' }

export function useAppAct(id: number) {
  return useMutation({
    mutationFn: ({ act, ...body }: AppAct) => {
      const path = `/api/meta-apps/{id}/${act}/` as '/api/meta-apps/{id}/rotate-secret/'
      return call(api.POST(path, { params: { path: { id } }, body: body as { app_secret: string } }))
    },
    onSuccess: (changed) => {
      queryClient.setQueryData(metaAppsQuery.queryKey, (rows) =>
        rows?.map((row) => (row.id === changed.id ? changed : row)),
      )
      void queryClient.invalidateQueries({ queryKey: ['connections'] })
    },
  })
}

/** `version` makes it ask again: the connection changes whenever the phone has told something. */
export const phoneQuery = (id: number, version: number) =>
  queryOptions({
    queryKey: ['connections', id, 'phone', version],
    queryFn: async () =>
      (await call(api.GET('/api/connections/{id}/phone/', { params: { path: { id } } }))).syncs,
    placeholderData: (before) => before,
  })
