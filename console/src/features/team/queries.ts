/** Changing people; the list itself is in shared/directory. */
import { queryOptions, useMutation } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { Role, User } from '@/shared/api/types'
import { putUsers, queuesQuery, usersQuery } from '@/shared/directory/queries'

export interface UserValues extends Record<string, unknown> {
  name: string
  email: string
  role: Role
  queues: string[]
  password: string
  /** null is the company's own number. */
  capacity: number | null
  /** "09:00"; both empty is at any time. */
  work_begins: string
  work_ends: string
}

/** Read again while the page is open: there is no event that says how much somebody carries. */
export const workloadQuery = queryOptions({
  queryKey: ['workload'],
  queryFn: async () => (await call(api.GET('/api/workload/'))).people,
  staleTime: 0,
  refetchInterval: 10_000,
})

/** Adds a person, or changes the one given. */
export function useSaveUser(user: User | null) {
  return useMutation({
    mutationFn: ({ queues, password, capacity, work_begins, work_ends, ...rest }: UserValues) => {
      const body = { ...rest, queues: queues.map(Number) }
      if (user) {
        const changes = { ...body, capacity, work_begins: work_begins || null, work_ends: work_ends || null }
        return call(api.PATCH('/api/users/{id}/', { params: { path: { id: user.id } }, body: changes }))
      }
      return call(api.POST('/api/users/', { body: { ...body, ...(password && { password }) } }))
    },
    onSuccess: (saved) => {
      putUsers([saved])
      // Members are listed on the queues too.
      void queryClient.invalidateQueries({ queryKey: queuesQuery.queryKey })
    },
  })
}

export function useDeactivateUser() {
  return useMutation({
    mutationFn: (id: number) => call(api.DELETE('/api/users/{id}/', { params: { path: { id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: usersQuery.queryKey }),
  })
}

export function useRestoreUser() {
  return useMutation({
    mutationFn: (id: number) => call(api.POST('/api/users/{id}/restore/', { params: { path: { id } } })),
    onSuccess: (user) => putUsers([user]),
  })
}
