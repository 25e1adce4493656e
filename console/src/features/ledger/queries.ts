/** The ledger: what came, what became of it, and what we sent. Nothing of it is pushed, so it is read anew. */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, call, cursorOf } from '@/shared/api/client'
import type { LedgerAttempt, LedgerEvent, LedgerPayload, Page } from '@/shared/api/types'
import { type LedgerSearch, since } from './search'

const KEY = ['ledger']
const page = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }: { next?: string | null }) => cursorOf(next ?? null),
  staleTime: 0,
}

export function eventsQuery(search: LedgerSearch) {
  const { outcome, kind, connection, ticket, contact, payload, message, days } = search
  const query = {
    outcome: outcome as LedgerEvent['outcome'] | undefined,
    kind: kind as LedgerEvent['kind'] | undefined,
    connection,
    ticket,
    contact,
    payload,
    provider_id: message,
    since: since(days),
  }
  return infiniteQueryOptions({
    ...page,
    queryKey: [...KEY, 'events', query],
    queryFn: ({ pageParam }): Promise<Page<LedgerEvent>> =>
      call(api.GET('/api/ledger/events/', { params: { query: { ...query, cursor: pageParam } } })),
  })
}

export function attemptsQuery({ outcome, connection, ticket, contact, message, days }: LedgerSearch) {
  const query = {
    outcome: outcome as 'open' | undefined,
    connection,
    ticket,
    contact,
    provider_id: message,
    since: since(days),
  }
  return infiniteQueryOptions({
    ...page,
    queryKey: [...KEY, 'attempts', query],
    queryFn: ({ pageParam }): Promise<Page<LedgerAttempt>> =>
      call(api.GET('/api/ledger/attempts/', { params: { query: { ...query, cursor: pageParam } } })),
  })
}

export function payloadsQuery({ outcome, days }: LedgerSearch) {
  const query = { state: outcome as LedgerPayload['state'] | undefined, since: since(days) }
  return infiniteQueryOptions({
    ...page,
    queryKey: [...KEY, 'payloads', query],
    queryFn: ({ pageParam }): Promise<Page<LedgerPayload>> =>
      call(api.GET('/api/ledger/payloads/', { params: { query: { ...query, cursor: pageParam } } })),
  })
}

export function eventQuery(id: number) {
  return queryOptions({
    queryKey: [...KEY, 'event', id],
    queryFn: () => call(api.GET('/api/ledger/events/{id}/', { params: { path: { id } } })),
  })
}

/** Each reading is written into the audit log, so it happens only when somebody asks. */
export function rawQuery(id: number, numbers: boolean) {
  return queryOptions({
    queryKey: [...KEY, 'raw', id, numbers],
    queryFn: () =>
      call(api.GET('/api/ledger/payloads/{id}/raw/', { params: { path: { id }, query: { numbers } } })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  })
}

export function useReplayEvent() {
  return useLedgerChange((id: number) =>
    call(api.POST('/api/ledger/events/{id}/replay/', { params: { path: { id } } })),
  )
}

export function useReplayPayload() {
  return useLedgerChange((id: number) =>
    call(api.POST('/api/ledger/payloads/{id}/replay/', { params: { path: { id } } })),
  )
}

export function useReplayAll() {
  return useLedgerChange(({ kind, connection }: LedgerSearch) =>
    call(
      api.POST('/api/ledger/events/replay/', {
        body: { kind: kind as LedgerEvent['kind'] | undefined, connection },
      }),
    ),
  )
}

function useLedgerChange<Given, Answer>(mutationFn: (given: Given) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn,
    onSettled: () =>
      client.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] === KEY[0] && queryKey[1] !== 'raw',
      }),
  })
}
