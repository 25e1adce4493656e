import { expect, test } from 'vitest'
import type { Message } from '@/shared/api/types'
import { changesOf } from './changes'

const NOW = Date.parse('2026-11-23T12:00:00Z')
const said = (more: Partial<Message>) =>
  ({
    direction: 'out',
    state: 'delivered',
    kind: 'text',
    removed_at: null,
    author: { id: 7, name: 'Ana' },
    at: '2026-11-23T11:55:00Z',
    ...more,
  }) as Message

test('words can be changed for a quarter of an hour, by who wrote them', () => {
  expect(changesOf(said({}), 7, false, NOW)).toEqual({ correct: true, remove: true })
  expect(changesOf(said({ at: '2026-11-23T11:44:00Z' }), 7, false, NOW)).toEqual({
    correct: false,
    remove: true,
  })
  expect(changesOf(said({}), 8, false, NOW)).toEqual({ correct: false, remove: false })
})

test('administrators delete what others wrote, for two days', () => {
  expect(changesOf(said({}), 8, true, NOW)).toEqual({ correct: false, remove: true })
  expect(changesOf(said({ at: '2026-11-21T11:00:00Z' }), 8, true, NOW).remove).toBe(false)
})

test('a file can only be deleted, and what never left not at all', () => {
  expect(changesOf(said({ kind: 'image' }), 7, false, NOW)).toEqual({ correct: false, remove: true })
  expect(changesOf(said({ state: 'failed' }), 7, true, NOW).remove).toBe(false)
  expect(changesOf(said({ removed_at: '2026-11-23T11:56:00Z' }), 7, true, NOW).remove).toBe(false)
})
