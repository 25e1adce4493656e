/** Policies of promised times. They have no events: few people change them, seldom. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, call, everyPage } from '@/shared/api/client'
import type { Priority, SlaPolicy } from '@/shared/api/types'

export const PROMISES = ['first_reply_minutes', 'next_reply_minutes', 'resolution_minutes'] as const
export type Promised = (typeof PROMISES)[number]

/** Ids are texts here, as fields of choices want them. */
export interface PolicyValues extends Record<string, unknown>, Record<Promised, number | null> {
  name: string
  business_hours: boolean
  warn_percent: number
  is_default: boolean
  queues: string[]
  connections: string[]
  priorities: Priority[]
}

export const policiesQuery = queryOptions({
  queryKey: ['sla-policies'],
  queryFn: () =>
    everyPage<SlaPolicy>((cursor) => call(api.GET('/api/sla-policies/', { params: { query: { cursor } } }))),
})

export const deletedPoliciesQuery = queryOptions({
  queryKey: ['sla-policies', 'deleted'],
  queryFn: () =>
    everyPage<SlaPolicy>((cursor) =>
      call(api.GET('/api/sla-policies/', { params: { query: { cursor, deleted: true } } })),
    ),
})

export function useSavePolicy(policy: SlaPolicy | null) {
  const settled = useSettled()
  return useMutation({
    mutationFn: ({ queues, connections, ...rest }: PolicyValues) => {
      const body = { ...rest, queues: queues.map(Number), connections: connections.map(Number) }
      if (policy)
        return call(api.PATCH('/api/sla-policies/{id}/', { params: { path: { id: policy.id } }, body }))
      return call(api.POST('/api/sla-policies/', { body }))
    },
    onSuccess: settled,
  })
}

/** Puts the policies in this order, writing only those whose place changes. */
export function useReorderPolicies() {
  const client = useQueryClient()
  const settled = useSettled()
  return useMutation({
    mutationFn: (ordered: readonly SlaPolicy[]) => {
      const moved = ordered
        .map((policy, position) => ({ policy, position }))
        .filter(({ policy, position }) => policy.position !== position)
      return Promise.all(
        moved.map(({ policy, position }) =>
          call(
            api.PATCH('/api/sla-policies/{id}/', { params: { path: { id: policy.id } }, body: { position } }),
          ),
        ),
      )
    },
    onMutate: (ordered) =>
      client.setQueryData(
        policiesQuery.queryKey,
        ordered.map((policy, position) => ({ ...policy, position })),
      ),
    onSettled: settled,
  })
}

export function useDeletePolicy() {
  const settled = useSettled()
  return useMutation({
    mutationFn: ({ id }: SlaPolicy) =>
      call(api.DELETE('/api/sla-policies/{id}/', { params: { path: { id } } })),
    onSuccess: settled,
  })
}

export function useRestorePolicy() {
  const settled = useSettled()
  return useMutation({
    mutationFn: (id: number) =>
      call(api.POST('/api/sla-policies/{id}/restore/', { params: { path: { id } } })),
    onSuccess: settled,
  })
}

/** A policy that becomes the default changes another one too, so the list is read again. */
function useSettled() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: policiesQuery.queryKey })
}
