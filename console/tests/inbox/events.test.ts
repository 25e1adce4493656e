/** Events may come late, twice and in any order: what is shown in the end is always the same. */
import { beforeEach, expect, test } from 'vitest'
import { applyChanges, listKey, type TicketList } from '@/features/inbox/data/lists'
import { joinThreads, mergeMessages, type Thread, threadKey } from '@/features/inbox/data/threads'
import { recentTickets, ticketRows } from '@/features/inbox/data/tickets'
import { takeMessages, takeTickets } from '@/features/inbox/events'
import { queryClient } from '@/shared/api/queryClient'
import type { Message, Ticket } from '@/shared/api/types'
import { adoptSession } from '@/shared/session/store'
import { session, ticket } from '../factories'
import { message } from './message'

const mine = { tab: 'mine' } as const
const waiting = { tab: 'waiting' } as const

beforeEach(() => {
  queryClient.clear()
  ticketRows.clear()
  recentTickets.clear()
  adoptSession(session())
})

/** The same disorder for the same seed, so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}

function shuffled<T>(items: readonly T[], next: () => number): T[] {
  return items
    .map((item) => ({ item, key: next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

/** Twenty tickets that are accepted, written to and closed, in five versions each. */
function lives(): Ticket[] {
  return Array.from({ length: 20 }, (_, index) => {
    const id = index + 1
    const moment = (step: number) => new Date(Date.UTC(2026, 10, 21, 12, step, id)).toISOString()
    const agent = { id: id % 2 ? 1 : 2, name: 'Marta' }
    return [
      ticket({ id, version: 1, status: 'pending', agent: null, last_message_at: moment(1) }),
      ticket({ id, version: 2, status: 'pending', agent: null, last_message_at: moment(2) }),
      ticket({ id, version: 3, status: 'open', agent, last_message_at: moment(2) }),
      ticket({ id, version: 4, status: 'open', agent, last_message_at: moment(id) }),
      ...(id % 5 === 0
        ? [ticket({ id, version: 5, status: 'closed', agent, last_message_at: moment(id) })]
        : []),
    ]
  }).flat()
}

function idsOf(filter: typeof mine | typeof waiting): readonly number[] | undefined {
  return queryClient.getQueryData<TicketList>(listKey(filter))?.ids
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])('lists end up the same whatever the order (%i)', (seed) => {
  const next = random(seed)
  queryClient.setQueryData(listKey(mine), { ids: [], cursor: null })
  queryClient.setQueryData(listKey(waiting), { ids: [], cursor: null })
  const events = shuffled([...lives(), ...lives().slice(0, 40)], next)
  while (events.length > 0) takeTickets(events.splice(0, 1 + Math.floor(next() * 7)))
  expect(idsOf(mine)).toEqual([19, 17, 13, 11, 9, 7, 3, 1])
  expect(idsOf(waiting)).toEqual([])
})

test('an event that changes nothing leaves the same list, so that nothing is drawn again', () => {
  const row = ticket({ id: 3 })
  ticketRows.put([row])
  const list = { ids: [3], cursor: null }
  expect(applyChanges(list, [3], mine)).toBe(list)
})

test('a ticket below the last page that was read waits for its page', () => {
  ticketRows.put([ticket({ id: 1, last_message_at: '2026-11-21T12:00:00Z' })])
  ticketRows.put([ticket({ id: 2, last_message_at: '2026-11-20T12:00:00Z' })])
  expect(applyChanges({ ids: [1], cursor: 'more' }, [2], mine).ids).toEqual([1])
  expect(applyChanges({ ids: [1], cursor: null }, [2], mine).ids).toEqual([1, 2])
})

test.each([11, 12, 13, 14, 15])('a thread ends up the same whatever the order (%i)', (seed) => {
  const next = random(seed)
  const states = ['queued', 'accepted', 'sent', 'delivered', 'read'] as const
  const versions: Message[] = Array.from({ length: 30 }, (_, index) =>
    states.map((state, step) =>
      message({
        id: 100 + index,
        direction: 'out',
        state,
        version: step + 1,
        at: new Date(Date.UTC(2026, 10, 21, 12, 0, index)).toISOString(),
      }),
    ),
  ).flat()
  queryClient.setQueryData<Thread>(threadKey(1), { messages: [], older: null })
  const events = shuffled([...versions, ...versions], next)
  while (events.length > 0) takeMessages(events.splice(0, 1 + Math.floor(next() * 9)))
  const thread = queryClient.getQueryData<Thread>(threadKey(1))
  expect(thread?.messages.map(({ id }) => id)).toEqual(Array.from({ length: 30 }, (_, index) => 100 + index))
  expect(thread?.messages.every(({ state }) => state === 'read')).toBe(true)
})

test('a late message stands where it belongs, and an old one waits for its page', () => {
  const known = [
    message({ id: 1, at: '2026-11-21T12:00:00Z' }),
    message({ id: 3, at: '2026-11-21T12:02:00Z' }),
  ]
  queryClient.setQueryData<Thread>(threadKey(1), { messages: known, older: 'cursor' })
  takeMessages([
    message({ id: 9, at: '2026-11-21T12:01:00Z', arrived_late: true }),
    message({ id: 8, at: '2026-11-20T12:01:00Z' }),
  ])
  expect(queryClient.getQueryData<Thread>(threadKey(1))?.messages.map(({ id }) => id)).toEqual([1, 9, 3])
})

test('reading again keeps older pages only when the new page reaches them', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 12, minute)).toISOString()
  const known = { messages: [message({ id: 1, at: at(1) }), message({ id: 2, at: at(2) })], older: null }
  const reaching = { messages: [message({ id: 2, at: at(2) }), message({ id: 3, at: at(3) })], older: 'x' }
  const apart = { messages: [message({ id: 8, at: at(8) })], older: 'y' }
  expect(joinThreads(known, reaching).messages.map(({ id }) => id)).toEqual([1, 2, 3])
  expect(joinThreads(known, apart)).toBe(apart)
})

test('merging what is known changes nothing', () => {
  const known = [message({ id: 1, version: 2 })]
  expect(mergeMessages(known, [message({ id: 1, version: 1 })])).toBe(known)
})
