/** The messages of one ticket: the newest page first, older ones on demand, events in their place. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { api, call, cursorOf } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { Message } from '@/shared/api/types'
import { newest } from '@/shared/realtime/rows'
import { Recent } from './recent'

export interface Thread {
  /** Oldest first. */
  messages: readonly Message[]
  /** Where the older ones start; null at the beginning of the conversation. */
  older: string | null
}

const FIRST_PAGE = 50
const OLDER_PAGE = 100
/** A longer thread is read again when its ticket is opened again, instead of being kept for ever. */
const KEEP = 500

export const recentMessages = new Recent<Message>()

export const threadsKey = ['tickets', 'thread'] as const

export function threadKey(ticket: number) {
  return [...threadsKey, ticket] as const
}

function threadQuery(ticket: number) {
  return queryOptions({
    queryKey: threadKey(ticket),
    queryFn: ({ signal }) => readThread(ticket, signal),
    structuralSharing: false,
  })
}

/** Before the thread is drawn, or although it is not yet open: it may be the next. */
export function readAhead(ticket: number): void {
  void queryClient.prefetchQuery(threadQuery(ticket))
}

/** Those beside the open one are likely next; what is known already is kept current by events. */
export function readAheadOnce(ticket: number | undefined): void {
  if (ticket !== undefined && !queryClient.getQueryState(threadKey(ticket))) readAhead(ticket)
}

export function useThread(ticket: number) {
  const query = useQuery(threadQuery(ticket))
  const [olderState, setOlderState] = useState<'idle' | 'loading' | 'failed'>('idle')
  const loadOlder = useCallback(async () => {
    const cursor = queryClient.getQueryData<Thread>(threadKey(ticket))?.older
    if (!cursor) return
    setOlderState('loading')
    try {
      await prependPage(ticket, cursor)
      setOlderState('idle')
    } catch {
      setOlderState('failed')
    }
  }, [ticket])
  return { ...query, olderState, loadOlder }
}

/** The messages are there, or cannot be had now. What else belongs to the conversation is fetched behind them. */
export function useIsRead(ticket: number): boolean {
  const { isPending, isPaused } = useQuery({ ...threadQuery(ticket), select: isThere })
  return !isPending || isPaused
}

function isThere(): true {
  return true
}

async function readThread(ticket: number, signal: AbortSignal): Promise<Thread> {
  const mark = recentMessages.mark()
  const page = await readPage(ticket, { limit: FIRST_PAGE }, signal)
  const fresh: Thread = { messages: [...page.results].reverse(), older: cursorOf(page.next) ?? null }
  const joined = joinThreads(queryClient.getQueryData<Thread>(threadKey(ticket)), fresh)
  return withArrived(
    joined,
    recentMessages.since(mark).filter((message) => message.ticket === ticket),
  )
}

async function prependPage(ticket: number, cursor: string): Promise<void> {
  const mark = recentMessages.mark()
  const page = await readPage(ticket, { cursor, limit: OLDER_PAGE })
  queryClient.setQueryData<Thread>(threadKey(ticket), (thread) => {
    if (thread?.older !== cursor) return thread
    const longer = {
      messages: mergeMessages(thread.messages, page.results),
      older: cursorOf(page.next) ?? null,
    }
    return withArrived(
      longer,
      recentMessages.since(mark).filter((message) => message.ticket === ticket),
    )
  })
}

function readPage(ticket: number, query: { cursor?: string; limit: number }, signal?: AbortSignal) {
  return call(api.GET('/api/tickets/{id}/messages/', { params: { path: { id: ticket }, query }, signal }))
}

/** Keeps the older pages when the fresh one reaches them; with a hole between, the fresh one stands alone. */
export function joinThreads(known: Thread | undefined, fresh: Thread): Thread {
  if (!known) return fresh
  const ids = new Set(known.messages.map(({ id }) => id))
  const overlaps = fresh.older === null || fresh.messages.some(({ id }) => ids.has(id))
  if (!overlaps) return fresh
  const older = fresh.older === null ? null : known.older
  return { messages: mergeMessages(known.messages, fresh.messages), older }
}

/** Sorted by time, each message once, the newest version of each. The same array when nothing changed. */
export function mergeMessages(known: readonly Message[], arrived: readonly Message[]): readonly Message[] {
  const byId = new Map(known.map((message) => [message.id, message]))
  let isChanged = false
  for (const message of arrived) {
    const before = byId.get(message.id)
    if (newest(before, message) === before) continue
    byId.set(message.id, message)
    isChanged = true
  }
  return isChanged ? [...byId.values()].sort(compareMessages) : known
}

export function compareMessages(a: Message, b: Message): number {
  return Date.parse(a.at) - Date.parse(b.at) || a.id - b.id
}

/** Writes messages into the threads that were read. */
export function patchThreads(arrived: readonly Message[]): void {
  for (const [ticket, messages] of groupByTicket(arrived)) {
    queryClient.setQueryData<Thread>(threadKey(ticket), (thread) => thread && withArrived(thread, messages))
  }
}

/** What lies before the beginning of the thread comes with its page, not alone. */
export function withArrived(thread: Thread, arrived: readonly Message[]): Thread {
  const first = thread.messages[0]
  const shown =
    thread.older && first ? arrived.filter((message) => compareMessages(message, first) >= 0) : arrived
  const messages = mergeMessages(thread.messages, shown)
  return messages === thread.messages ? thread : { ...thread, messages }
}

/** Lets go of a very long thread when its ticket is left. */
export function leaveThread(ticket: number): void {
  const thread = queryClient.getQueryData<Thread>(threadKey(ticket))
  if (thread && thread.messages.length > KEEP) queryClient.removeQueries({ queryKey: threadKey(ticket) })
}

function groupByTicket(messages: readonly Message[]): Map<number, Message[]> {
  const groups = new Map<number, Message[]>()
  for (const message of messages) {
    const group = groups.get(message.ticket)
    if (group) group.push(message)
    else groups.set(message.ticket, [message])
  }
  return groups
}
