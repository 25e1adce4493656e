/** What deserves a sound. */
import { expect, test } from 'vitest'
import { me, ticket } from '../../../tests/factories'
import { isNews, type Surroundings } from './news'

const around = (changes: Partial<Surroundings> = {}): Surroundings => ({
  me: me(),
  now: Date.parse('2026-11-21T12:00:10Z'),
  watched: null,
  isVisible: true,
  told: new Map(),
  ...changes,
})

test('a customer who writes to me is news', () => {
  expect(isNews(ticket(), around())).toBe(true)
})

test('the same message is news once', () => {
  expect(isNews(ticket(), around({ told: new Map([[1, 10]]) }))).toBe(false)
})

test('the conversation that I am looking at is not news, unless the tab is hidden', () => {
  expect(isNews(ticket(), around({ watched: 1 }))).toBe(false)
  expect(isNews(ticket(), around({ watched: 1, isVisible: false }))).toBe(true)
})

test("a colleague's conversation is not my news", () => {
  expect(isNews(ticket({ agent: { id: 2, name: 'Igor' } }), around())).toBe(false)
})

test('who waits in my queue is news, in another queue not', () => {
  const waiting = { status: 'pending', agent: null } as const
  expect(isNews(ticket(waiting), around())).toBe(true)
  expect(isNews(ticket({ ...waiting, queue: { id: 9, name: 'Outra', color: '#000' } }), around())).toBe(false)
})

test('what was replayed after an hour offline makes no noise', () => {
  expect(isNews(ticket(), around({ now: Date.parse('2026-11-21T13:00:00Z') }))).toBe(false)
})

test('our own answer is not news', () => {
  const last_message = {
    id: 11,
    kind: 'text',
    direction: 'out',
    preview: 'Olá',
    state: 'sent',
    is_removed: false,
  } as const
  expect(isNews(ticket({ last_message }), around())).toBe(false)
})
