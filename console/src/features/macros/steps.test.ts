import { expect, test } from 'vitest'
import { draftsOf, isAfterClose, lackOf, moved, newStep, written } from './steps'

test('a new step says what it lacks', () => {
  expect(lackOf(newStep('reply'))).toBe('body')
  expect(lackOf(newStep('quick_reply'))).toBe('quick_reply')
  expect(lackOf(newStep('add_tags'))).toBe('tags')
  expect(lackOf(newStep('transfer'))).toBe('where')
  expect(lackOf(newStep('close'))).toBeNull()
})

test('what was saved comes back as it was, unknown kinds aside', () => {
  const saved = [{ kind: 'reply', body: 'Oi' }, { kind: 'dance' }, { kind: 'close', silent: true }]
  expect(draftsOf(saved).map(written)).toEqual([saved[0], saved[2]])
})

test('steps move by one place and stay within the list', () => {
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
})

test('whatever follows the end of the conversation is noticed', () => {
  const steps = [newStep('reply'), newStep('close'), newStep('note')]
  expect([0, 1, 2].map((place) => isAfterClose(steps, place))).toEqual([false, false, true])
})
