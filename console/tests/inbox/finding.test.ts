/** Finding conversations: filters as the server reads them, filters being built, and what is chosen in a list. */
import { expect, test } from 'vitest'
import { newGroup, newLine, replaced, toDraft, toFilter } from '@/features/inbox/finding/draft'
import { type Group, has, isSameFilter, readFilter, toggled, withTab } from '@/features/inbox/finding/filter'
import { matches, movesWithTime, needsServer } from '@/features/inbox/finding/matches'
import { compareBy, type Sort } from '@/features/inbox/finding/order'
import {
  extended,
  isSelected,
  kept,
  nothing,
  toggled as picked,
  sizeOf,
} from '@/features/inbox/finding/selection'
import { validateInboxSearch } from '@/features/inbox/search'
import type { Ticket } from '@/shared/api/types'
import { ticket } from '../factories'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const ME = 1
const marta = { id: ME, name: 'Marta' }
const sales = { id: 7, name: 'Vendas', color: '#000' }
const is = (key: string, operator: string, value: unknown, field?: string) => ({
  key,
  operator,
  value,
  ...(field && { field }),
})
const asks = (filter: Group, changes: Partial<Ticket> = {}) => matches(filter, ticket(changes), ME, NOW)

test.each<[string, ReturnType<typeof is>, Partial<Ticket>, boolean | null]>([
  ['a status', is('status', 'is', ['open']), { status: 'open' }, true],
  ['another status', is('status', 'is_not', ['open']), { status: 'open' }, false],
  ['my own', is('agent', 'is', ['me']), { agent: marta }, true],
  ["nobody's", is('agent', 'is', ['none']), { agent: null }, true],
  ['no queue, where there is one', is('queue', 'is', ['none']), { queue: sales }, false],
  ['outside a queue', is('queue', 'is_not', [7]), { queue: null }, true],
  ['one of two tags', is('tag', 'any', [1, 2]), { tags: [2] }, true],
  ['both tags', is('tag', 'all', [1, 2]), { tags: [2] }, false],
  ['no tag at all', is('tag', 'is_empty', true), { tags: [] }, true],
  ['read ones', is('unread', 'is', false), { unread_count: 0 }, true],
  ['waiting for an hour', is('waiting', 'longer_than', 60), { waiting_since: '2026-11-21T10:59:00Z' }, true],
  ['waiting for less', is('waiting', 'longer_than', 60), { waiting_since: '2026-11-21T11:30:00Z' }, false],
  ['not waiting', is('waiting', 'longer_than', 1), { waiting_since: null }, false],
  [
    'a window that closes',
    is('window', 'closes_within', 2),
    { window_expires_at: '2026-11-21T13:00:00Z' },
    true,
  ],
  ['a closed window', is('window', 'closes_within', 2), { window_expires_at: '2026-11-21T11:00:00Z' }, false],
  ['a window that never opened', is('window', 'is_open', false), { window_expires_at: null }, true],
  ['this week', is('created_at', 'within_days', 7), { created_at: '2026-11-20T12:00:00Z' }, true],
  ['closed long ago, while open', is('closed_at', 'older_than_days', 7), { closed_at: null }, false],
  ['an own field', is('field', 'is', 'gold', 'plan'), { custom_fields: { plan: 'gold' } }, true],
  ['one of several values', is('field', 'is', 'a', 'plan'), { custom_fields: { plan: ['a', 'b'] } }, true],
  ['a field without value', is('field', 'is_empty', true, 'plan'), { custom_fields: {} }, true],
  ['what the customer carries', is('contact_tag', 'any', [1]), {}, null],
])('%s is answered as the server would', (_, condition, changes, answer) => {
  expect(asks({ all: [condition] }, changes)).toBe(answer)
})

test('what cannot be known here decides nothing, unless the rest decides already', () => {
  const unknown = is('mentioned', 'is', ['me'])
  const open = is('status', 'is', ['open'])
  expect(asks({ all: [unknown, open] }, { status: 'closed' })).toBe(false)
  expect(asks({ all: [unknown, open] }, { status: 'open' })).toBeNull()
  expect(asks({ any: [unknown, open] }, { status: 'open' })).toBe(true)
  expect(asks({ any: [{ all: [open] }, unknown] }, { status: 'closed' })).toBeNull()
  expect(needsServer({ all: [open, { any: [unknown] }] })).toBe(true)
  expect(needsServer({ all: [open] })).toBe(false)
})

test('lists of moments are read again, as time moves tickets', () => {
  expect(movesWithTime({ all: [is('window', 'closes_within', 2)] })).toBe(true)
  expect(movesWithTime({ all: [is('waiting', 'is', true)] })).toBe(false)
})

test.each<[Sort, number[]]>([
  ['newest', [2, 3, 1]],
  ['oldest', [1, 3, 2]],
  ['waiting', [3, 1, 2]],
  ['priority', [1, 2, 3]],
  ['created', [3, 2, 1]],
])('the order %s is that of the server', (sort, ids) => {
  const rows = [
    ticket({
      id: 1,
      number: 1,
      priority: 'urgent',
      last_message_at: '2026-11-01T00:00:00Z',
      waiting_since: null,
    }),
    ticket({ id: 2, number: 2, last_message_at: '2026-11-03T00:00:00Z', waiting_since: null }),
    ticket({
      id: 3,
      number: 3,
      last_message_at: '2026-11-02T00:00:00Z',
      waiting_since: '2026-11-02T00:00:00Z',
    }),
  ]
  expect(rows.sort(compareBy(sort)).map(({ id }) => id)).toEqual(ids)
})

test('the address carries a filter, and nothing else that looks like one', () => {
  const filter = { all: [is('queue', 'is', [7])] }
  expect(validateInboxSearch({ filter, sort: 'waiting', tab: 'any', view: 'unread' })).toEqual({
    filter,
    sort: 'waiting',
    tab: 'any',
    view: 'unread',
  })
  expect(validateInboxSearch({ queue: 7, unread: true }).filter).toEqual({
    all: [is('queue', 'is', [7]), is('unread', 'is', true)],
  })
  for (const broken of ['x', 7, [], { all: 1 }, { all: [{ key: 1 }] }, { all: [] }])
    expect(readFilter(broken)).toBeUndefined()
})

test('the same filter is the same however it was written', () => {
  const a: Group = { all: [{ key: 'queue', operator: 'is', value: [7] }, { any: [] }] }
  const b: Group = { all: [{ value: [7], operator: 'is', key: 'queue' }] }
  expect(isSameFilter(a, b)).toBe(true)
  expect(isSameFilter(a, undefined)).toBe(false)
})

test('a condition is added to what must hold, and taken away again', () => {
  const unread = is('unread', 'is', true)
  const either: Group = { any: [is('queue', 'is', [7]), is('queue', 'is', [8])] }
  const both = toggled(either, unread)
  expect(both).toEqual({ all: [either, unread] })
  expect(has(both, unread)).toBe(true)
  expect(toggled(both, unread)).toEqual(either)
})

test('a view of a tab says what the tab means', () => {
  const filter = withTab('closed', { all: [is('queue', 'is', [7])] })
  expect(filter).toEqual({ all: [is('status', 'is', ['closed']), is('queue', 'is', [7])] })
  expect(withTab('any', filter)).toBe(filter)
})

test('a filter being built asks with what is complete', () => {
  const line = newLine(is('queue', 'is', [7]))
  const waiting = newLine(is('tag', 'any', undefined))
  const draft = newGroup('all', [line, newGroup('any', [waiting])])
  expect(toFilter(draft)).toEqual({ all: [is('queue', 'is', [7])] })
  const filled = replaced(draft, waiting.id, { id: waiting.id, condition: is('tag', 'any', [1]) })
  expect(toFilter(filled)).toEqual({ all: [is('queue', 'is', [7]), { any: [is('tag', 'any', [1])] }] })
  expect(toFilter(replaced(filled, line.id, null))).toEqual({ any: [is('tag', 'any', [1])] })
  expect(toFilter(toDraft(toFilter(filled)))).toEqual(toFilter(filled))
})

test('rows are chosen one by one and in ranges, in the order of the list', () => {
  const shown = [5, 3, 9, 1]
  const one = picked(nothing, 3)
  const range = extended(one, 1, shown)
  expect(range.ids).toEqual([3, 9, 1])
  expect(picked(range, 9).ids).toEqual([3, 1])
  expect(kept(range, [5, 3]).ids).toEqual([3])
})

test('everything that matches is chosen but for what is taken out', () => {
  const all = { ...nothing, everything: { filter: { tab: 'all' as const }, count: 1234 } }
  const but = picked(all, 9)
  expect([sizeOf(all), sizeOf(but)]).toEqual([1234, 1233])
  expect([isSelected(but, 9), isSelected(but, 77)]).toEqual([false, true])
})
