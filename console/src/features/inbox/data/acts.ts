/** What an agent does with a ticket beside talking: put it aside, mark it, share it, merge it, pin it. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { Ticket } from '@/shared/api/types'
import type { PushData } from '@/shared/realtime/frames'
import { toast } from '@/shared/ui/toast'
import { takeTicket } from './actions'
import { useRefusalText } from './refusals'

const of = (id: number) => ({ params: { path: { id } } })

export function useTicketActs(id: number) {
  return {
    snooze: useAct((until: string | null) =>
      call(api.POST('/api/tickets/{id}/snooze/', { ...of(id), body: { until } })),
    ),
    wake: useAct(() => call(api.POST('/api/tickets/{id}/wake/', of(id)))),
    prioritize: useAct((priority: Ticket['priority']) =>
      call(api.POST('/api/tickets/{id}/priority/', { ...of(id), body: { priority } })),
    ),
    tag: useAct((tags: number[]) => call(api.POST('/api/tickets/{id}/tags/', { ...of(id), body: { tags } }))),
    join: useAct((users: number[]) =>
      call(api.POST('/api/tickets/{id}/participants/', { ...of(id), body: { users } })),
    ),
    leave: useAct((user: number) =>
      call(api.DELETE('/api/tickets/{id}/participants/{user}/', { params: { path: { id, user } } })),
    ),
    merge: useAct(({ into, isMeant }: { into: number; isMeant: boolean }) =>
      call(api.POST('/api/tickets/{id}/merge/', { ...of(id), body: { into, other_contact: isMeant } })),
    ),
    fill: useAct((fields: Record<string, unknown>) =>
      call(api.PATCH('/api/tickets/{id}/fields/', { ...of(id), body: { fields } })),
    ),
  }
}

function useAct<Input = void>(work: (input: Input) => Promise<Ticket>) {
  const refusalText = useRefusalText()
  return useMutation({
    mutationFn: work,
    onSuccess: takeTicket,
    onError: (error) => void toast({ message: refusalText(error), tone: 'danger' }),
  })
}

const NONE: number[] = []
const pinsKey = ['tickets', 'pins'] as const

/** One's own pins, the last one first. Nobody else sees them. */
export function usePins(): number[] {
  const { data } = useQuery({
    queryKey: pinsKey,
    queryFn: () => call(api.GET('/api/tickets/pins/')),
    staleTime: 300_000,
  })
  return data?.tickets ?? NONE
}

export function pinsChanged(changes: readonly PushData<'pins.changed'>[]): void {
  const last = changes.at(-1)
  if (last) queryClient.setQueryData(pinsKey, last)
}

export function usePin(id: number) {
  const refusalText = useRefusalText()
  return useMutation({
    mutationFn: (isPinned: boolean) =>
      call(
        isPinned ? api.POST('/api/tickets/{id}/pin/', of(id)) : api.DELETE('/api/tickets/{id}/pin/', of(id)),
      ),
    onSuccess: (pins) => queryClient.setQueryData(pinsKey, pins),
    onError: (error) => void toast({ message: refusalText(error), tone: 'danger' }),
  })
}

export function useTimes(id: number) {
  return useQuery({
    // Under the history's key: what changes the one changes the other.
    queryKey: ['tickets', 'history', id, 'times'],
    queryFn: () => call(api.GET('/api/tickets/{id}/times/', of(id))),
  })
}

/** Messages moved from one ticket into another, or back. */
export function ticketsMerged(tickets: readonly Ticket[]): void {
  for (const { id } of tickets) void queryClient.invalidateQueries({ queryKey: ['tickets', 'thread', id] })
}
