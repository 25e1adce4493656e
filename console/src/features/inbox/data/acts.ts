/** What an agent does with a ticket beside talking: put it aside, mark it, share it, merge it, pin it. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { Ticket } from '@/shared/api/types'
import type { PushData } from '@/shared/realtime/frames'
import { toast } from '@/shared/ui/toast'
import { execute, takeTicket } from './actions'
import { useRefusalText } from './refusals'

const of = (id: number) => ({ params: { path: { id } } })

export function useTicketActs(id: number) {
  return {
    snooze: useAct((until: string | null) =>
      call(api.POST('/api/tickets/{id}/snooze/', { ...of(id), body: { until } })),
    ),
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
  return useMutation(optionsOf(work, takeTicket, useRefusalText()))
}

/** Done without a dialog; nothing is set up before. Each answers whether it was done. */
export function useQuickActs(id: number) {
  const refusalText = useRefusalText()
  function act<Input, Output>(work: (input: Input) => Promise<Output>, take: (output: Output) => void) {
    return (input: Input): Promise<boolean> =>
      execute(input, optionsOf(work, take, refusalText)).then(
        () => true,
        () => false,
      )
  }
  return {
    wake: act<void, Ticket>(() => call(api.POST('/api/tickets/{id}/wake/', of(id))), takeTicket),
    tag: act(
      (tags: number[]) => call(api.POST('/api/tickets/{id}/tags/', { ...of(id), body: { tags } })),
      takeTicket,
    ),
    pin: act(
      (isPinned: boolean) =>
        call(
          isPinned
            ? api.POST('/api/tickets/{id}/pin/', of(id))
            : api.DELETE('/api/tickets/{id}/pin/', of(id)),
        ),
      (pins) => void queryClient.setQueryData(pinsKey, pins),
    ),
  }
}

function optionsOf<Input, Output>(
  work: (input: Input) => Promise<Output>,
  take: (output: Output) => void,
  refusalText: (error: unknown) => string,
) {
  return {
    mutationFn: work,
    onSuccess: (output: Output) => take(output),
    onError: (error: unknown) => void toast({ message: refusalText(error), tone: 'danger' }),
  }
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
