/** Scheduled messages: read by contact and by state, changed here. Events make every list read itself again. */
import { infiniteQueryOptions, queryOptions, useMutation } from '@tanstack/react-query'
import { api, call, cursorOf } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { Page, ScheduledMessage, ScheduledSend, ScheduleRequest } from '@/shared/api/types'

type State = ScheduledMessage['state']

const KEY = ['scheduled-messages']
export const OPEN: State[] = ['active', 'paused']
export const ENDED: State[] = ['done', 'cancelled']

/** What is still promised to this contact. */
export function promisedQuery(contact: number) {
  return queryOptions({
    queryKey: [...KEY, 'of', contact],
    queryFn: async (): Promise<ScheduledMessage[]> =>
      (await call(api.GET('/api/scheduled-messages/', { params: { query: { contact, state: OPEN } } })))
        .results,
    staleTime: 60_000,
  })
}

export function schedulesQuery(states: State[]) {
  return infiniteQueryOptions({
    queryKey: [...KEY, 'list', states],
    queryFn: ({ pageParam }): Promise<Page<ScheduledMessage>> =>
      call(api.GET('/api/scheduled-messages/', { params: { query: { cursor: pageParam, state: states } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => cursorOf(page.next),
  })
}

/** The log: the newest sends. */
export function sendsQuery(id: number) {
  return queryOptions({
    queryKey: [...KEY, 'sends', id],
    queryFn: async (): Promise<ScheduledSend[]> =>
      (await call(api.GET('/api/scheduled-messages/{id}/sends/', { params: { path: { id } } }))).results,
    staleTime: 0,
  })
}

export function useSchedule() {
  return useMutation({
    mutationFn: (body: ScheduleRequest) => call(api.POST('/api/scheduled-messages/', { body })),
    onSuccess: readAgain,
  })
}

export function useChangeSchedule(id: number) {
  return useMutation({
    mutationFn: (body: Partial<ScheduleRequest>) =>
      call(api.PATCH('/api/scheduled-messages/{id}/', { params: { path: { id } }, body })),
    onSuccess: readAgain,
  })
}

export function useScheduleSteps() {
  return useMutation({
    mutationFn: ({ id, step }: { id: number; step: 'pause' | 'resume' | 'cancel' }) => {
      const params = { path: { id } }
      if (step === 'pause') return call(api.POST('/api/scheduled-messages/{id}/pause/', { params }))
      if (step === 'resume') return call(api.POST('/api/scheduled-messages/{id}/resume/', { params }))
      return call(api.POST('/api/scheduled-messages/{id}/cancel/', { params }))
    },
    onSuccess: readAgain,
  })
}

function readAgain(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: KEY })
}
