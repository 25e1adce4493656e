/** Changing queues; the list itself is in shared/directory. */
import { queryOptions, useMutation } from '@tanstack/react-query'
import { api, call, everyPage } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { KeptFile, Queue } from '@/shared/api/types'
import { dropQueues, putQueues, queuesQuery, usersQuery } from '@/shared/directory/queries'

export interface QueueValues extends Record<string, unknown> {
  name: string
  color: string
  greeting: string
  members: string[]
  /** Its own calendar; "" is the next wider one. */
  hours: string
  out_of_hours: string
  files: KeptFile[]
  closes: boolean
  assignment: Queue['assignment']
  previous_first: boolean
  capacity: number | null
  idle_minutes: number | null
  away_minutes: number | null
  overflow_minutes: number | null
  /** "" is none. */
  overflow_queue: string
  /** null is what the company says, 0 is off. */
  inactivity_minutes: number | null
  inactivity_close_minutes: number | null
}

export const deletedQueuesQuery = queryOptions({
  queryKey: ['queues', 'deleted'],
  queryFn: async () => {
    const load = (cursor?: string) =>
      call(api.GET('/api/queues/', { params: { query: { cursor, deleted: true } } }))
    return (await everyPage<Queue>(load)).filter(({ is_deleted }) => is_deleted)
  },
})

export function useSaveQueue(queue: Queue | null) {
  return useMutation({
    mutationFn: ({ members, hours, files, overflow_queue, ...rest }: QueueValues) => {
      const body = {
        ...rest,
        members: members.map(Number),
        hours: hours ? Number(hours) : null,
        files: files.map(({ id }) => id),
        overflow_queue: overflow_queue ? Number(overflow_queue) : null,
      }
      if (queue) return call(api.PATCH('/api/queues/{id}/', { params: { path: { id: queue.id } }, body }))
      return call(api.POST('/api/queues/', { body }))
    },
    onSuccess: (saved) => {
      putQueues([saved])
      // People list their queues too.
      void queryClient.invalidateQueries({ queryKey: usersQuery.queryKey })
    },
  })
}

export function useCreatePresets() {
  return useMutation({
    mutationFn: () => call(api.POST('/api/queues/presets/', {})),
    onSuccess: putQueues,
  })
}

/** Puts the queues in this order, writing only those whose place changes. */
export function useReorderQueues() {
  return useMutation({
    mutationFn: (ordered: readonly Queue[]) => {
      const moved = ordered
        .map((queue, position) => ({ queue, position }))
        .filter(({ queue, position }) => queue.position !== position)
      return Promise.all(
        moved.map(({ queue, position }) =>
          call(api.PATCH('/api/queues/{id}/', { params: { path: { id: queue.id } }, body: { position } })),
        ),
      )
    },
    onMutate: (ordered) => putQueues(ordered.map((queue, position) => ({ ...queue, position }))),
    onSuccess: putQueues,
    onError: () => queryClient.invalidateQueries({ queryKey: queuesQuery.queryKey }),
  })
}

export function useDeleteQueue() {
  return useMutation({
    mutationFn: (queue: Queue) =>
      call(api.DELETE('/api/queues/{id}/', { params: { path: { id: queue.id } } })),
    onSuccess: (_nothing, queue) => {
      dropQueues([queue])
      void queryClient.invalidateQueries({ queryKey: deletedQueuesQuery.queryKey })
    },
  })
}

export function useRestoreQueue() {
  return useMutation({
    mutationFn: (id: number) => call(api.POST('/api/queues/{id}/restore/', { params: { path: { id } } })),
    onSuccess: (queue) => {
      putQueues([queue])
      void queryClient.invalidateQueries({ queryKey: deletedQueuesQuery.queryKey })
    },
  })
}
