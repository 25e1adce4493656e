/** The small rules of the inbox: who sees what, who may write, how long the window is open. */
import { expect, test } from 'vitest'
import { toDrafts, toggleMark } from '@/features/inbox/composer/drafts'
import { writingOf } from '@/features/inbox/composer/mode'
import { squeeze } from '@/features/inbox/composer/useRecording'
import { formatLeft, windowOf } from '@/features/inbox/composer/window'
import { belongs, type TicketFilter } from '@/features/inbox/data/belongs'
import { compareBy } from '@/features/inbox/finding/order'
import { firstUnread, toLines } from '@/features/inbox/thread/rows'
import { refusalOf, verbsFor } from '@/features/inbox/thread/ticketActions'
import { neighbour } from '@/features/inbox/useTicketSteps'
import type { Permission, Ticket } from '@/shared/api/types'
import { ticket } from '../factories'
import { message } from './message'

const agent = { user: { id: 1 }, queues: [1], permissions: ['tickets.read', 'tickets.write'] as Permission[] }
const supervisor = { ...agent, permissions: [...agent.permissions, 'tickets.see_all'] as Permission[] }
const marta = { id: 1, name: 'Marta' }
const igor = { id: 2, name: 'Igor' }
const sales = { id: 1, name: 'Vendas', color: '#000' }
const support = { id: 2, name: 'Suporte', color: '#000' }

test.each<[string, Partial<Ticket>, TicketFilter, boolean, boolean]>([
  ['mine', { status: 'open', agent: marta }, { tab: 'mine' }, true, true],
  ["a colleague's", { status: 'open', agent: igor }, { tab: 'all' }, false, true],
  ['waiting in my queue', { status: 'pending', agent: null, queue: sales }, { tab: 'waiting' }, true, true],
  ['waiting elsewhere', { status: 'pending', agent: null, queue: support }, { tab: 'waiting' }, false, true],
  ['waiting in no queue', { status: 'pending', agent: null, queue: null }, { tab: 'waiting' }, true, true],
  ['my closed one', { status: 'closed', agent: marta }, { tab: 'closed' }, true, true],
  ['a closed one in "all"', { status: 'closed', agent: marta }, { tab: 'all' }, false, false],
  [
    'another queue',
    { queue: support, agent: marta },
    { tab: 'mine', filter: { all: [{ key: 'queue', operator: 'is', value: [1] }] } },
    false,
    false,
  ],
  [
    'read, when only unread ones are asked for',
    { unread_count: 0 },
    { tab: 'mine', filter: { all: [{ key: 'unread', operator: 'is', value: true }] } },
    false,
    false,
  ],
])('%s belongs where the server puts it', (_, changes, filter, forAgent, forSupervisor) => {
  expect(belongs(ticket(changes), filter, agent)).toBe(forAgent)
  expect(belongs(ticket(changes), filter, supervisor)).toBe(forSupervisor)
})

test('only the server can tell what a search finds', () => {
  expect(belongs(ticket(), { tab: 'mine', search: 'ana' }, agent)).toBeNull()
})

test('lists are newest first, and equal moments have an order too', () => {
  const rows = [
    ticket({ id: 1 }),
    ticket({ id: 2 }),
    ticket({ id: 3, last_message_at: '2026-11-22T00:00:00Z' }),
  ]
  expect(rows.sort(compareBy()).map(({ id }) => id)).toEqual([3, 2, 1])
})

test.each([
  ['2026-11-22T11:00:00Z', 'open', '22 h 59 min'],
  ['2026-11-21T13:31:00Z', 'closing', '1 h 30 min'],
  ['2026-11-21T12:01:30Z', 'closing', '1 min'],
  ['2026-11-21T12:00:59Z', 'closed', ''],
  [null, 'never', ''],
])('the window that ends at %s is %s', (window_expires_at, state, text) => {
  const open = windowOf({ window_expires_at }, Date.parse('2026-11-21T12:00:00Z'))
  expect(open.state).toBe(state)
  if ('left' in open)
    expect([text, `${Math.floor(open.left / 3_600_000)} h`]).toContain(formatLeft(open.left))
})

test.each<[Partial<Ticket>, string | null, boolean]>([
  [{ window_expires_at: '2026-11-22T11:00:00Z' }, null, true],
  [{ window_expires_at: '2026-11-21T11:00:00Z' }, 'window', true],
  [{ window_expires_at: null }, 'never', true],
  [{ status: 'pending', agent: null }, 'pending', true],
  [{ status: 'closed' }, 'closed', true],
  [{ agent: igor }, 'foreign', false],
])('what stands in the way of an answer: %j → %s', (changes, obstacle, mayNote) => {
  const now = Date.parse('2026-11-21T12:00:00Z')
  const me = { permissions: agent.permissions, user: { ...marta } as never }
  expect(writingOf(ticket(changes), me, now)).toEqual({ obstacle, mayNote })
})

test('a file takes the text as its caption, a sound lets it go ahead alone', () => {
  const photo = { blob: new Blob(['x']), name: 'a.jpg', mime: 'image/jpeg', size: 1 }
  const sound = { blob: new Blob(['x']), name: 'a.mp3', mime: 'audio/mpeg', size: 1 }
  const written = { text: ' oi ', mode: 'reply' as const, replyTo: 7, mentions: [] }
  expect(toDrafts({ ...written, files: [] })).toEqual([{ kind: 'text', body: 'oi', reply_to: 7 }])
  expect(toDrafts({ ...written, files: [photo, photo] }).map(({ body }) => body)).toEqual(['oi', undefined])
  expect(toDrafts({ ...written, files: [sound] }).map(({ kind }) => kind)).toEqual(['text', 'media'])
  expect(toDrafts({ ...written, mode: 'note', files: [] })).toEqual([
    { kind: 'note', body: 'oi', mentions: [] },
  ])
  expect(toDrafts({ ...written, text: '  ', files: [] })).toEqual([])
})

test('marks go around the selection and away again', () => {
  const marked = toggleMark('muito bom', 6, 9, '*')
  expect(marked).toEqual({ text: 'muito *bom*', start: 7, end: 10 })
  expect(toggleMark(marked.text, 6, 11, '*').text).toBe('muito bom')
})

test('lines know days, writers and where the unread ones begin', () => {
  const messages = [
    message({ id: 1, at: '2026-11-20T12:00:00Z' }),
    message({ id: 2, at: '2026-11-21T12:00:00Z' }),
    message({ id: 3, at: '2026-11-21T12:01:00Z' }),
    message({ id: 4, at: '2026-11-21T12:02:00Z', direction: 'out', client_id: 'abc' }),
  ]
  const lines = toLines(messages, firstUnread(messages, 2))
  expect(lines.map(({ startsDay }) => startsDay)).toEqual([true, true, false, false])
  expect(lines.map(({ startsUnread }) => startsUnread)).toEqual([false, true, false, false])
  expect(lines.map(({ isFirst }) => isFirst)).toEqual([true, true, false, true])
  expect(lines.map(({ isLast }) => isLast)).toEqual([true, false, true, true])
  expect(lines.at(-1)?.key).toBe('abc')
})

test('more unread messages than were loaded begin at the first one', () => {
  expect(firstUnread([message({ id: 5 }), message({ id: 6 })], 200)).toBe(5)
  expect(firstUnread([message({ id: 5 })], 0)).toBeNull()
})

test('what can be done follows the state of the ticket and the rights of the person', () => {
  const marks = ['snooze', 'priority', 'tags', 'people', 'pin', 'merge', 'link']
  expect(verbsFor(ticket({ status: 'pending' }), 1)).toEqual([
    'accept',
    'transfer',
    'close',
    'macro',
    ...marks,
  ])
  expect(verbsFor(ticket({ status: 'closed' }), 1)).toEqual([
    'reopen',
    'tags',
    'people',
    'pin',
    'merge',
    'link',
  ])
  expect(verbsFor(ticket({ agent: marta }), 1)).toEqual(['transfer', 'close', 'macro', 'unread', ...marks])
  expect(verbsFor(ticket({ agent: igor }), 1)).toEqual(['transfer', 'close', 'macro', ...marks])
  const asleep = ticket({ snoozed_at: '2026-11-21T12:00:00Z' })
  expect(verbsFor(asleep, 2, true)).toEqual([
    'transfer',
    'close',
    'macro',
    'wake',
    'priority',
    'tags',
    'people',
    'unpin',
    'merge',
    'link',
  ])
  // Messages of a merged ticket are in another one: nothing here brings it back.
  expect(verbsFor(ticket({ status: 'closed', merged_into: 9 }), 1)).toEqual(['tags', 'pin', 'link'])
  const me = { permissions: ['tickets.close'] as Permission[], user: { id: 1 } as never }
  expect(refusalOf('close', ticket(), me)).toBeNull()
  expect(refusalOf('transfer', ticket(), me)).toBe('permission')
  expect(refusalOf('close', ticket({ agent: igor }), me)).toBe('foreign')
})

test('after a ticket is done the one below is next, or the one above at the end', () => {
  const list = { ids: [5, 6, 7], cursor: null }
  expect([neighbour(list, 5), neighbour(list, 7), neighbour(list, 9), neighbour(undefined, 5)]).toEqual([
    6,
    6,
    undefined,
    undefined,
  ])
})

test('any number of levels becomes a waveform of 64', () => {
  expect(squeeze([1, 9], 4)).toEqual([1, 1, 9, 9])
  expect(squeeze([], 64)).toEqual([])
  expect(
    squeeze(
      Array.from({ length: 500 }, (_, index) => index % 100),
      64,
    ),
  ).toHaveLength(64)
})
