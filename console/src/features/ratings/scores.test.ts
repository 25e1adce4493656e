import { expect, test } from 'vitest'
import { moodOf, scoresOf, shareOf } from './scores'

test('each scale has its own idea of good', () => {
  expect([5, 4, 3, 2].map((score) => moodOf('csat', score))).toEqual(['good', 'good', 'fair', 'bad'])
  expect([10, 9, 8, 7, 6].map((score) => moodOf('nps', score))).toEqual([
    'good',
    'good',
    'fair',
    'fair',
    'bad',
  ])
})

test('every score has its line, the best first', () => {
  expect(scoresOf('csat')).toEqual([5, 4, 3, 2, 1])
  expect(scoresOf('nps')).toHaveLength(11)
})

test('shares are whole percents, also of nothing', () => {
  expect(shareOf(1, 3)).toBe(33)
  expect(shareOf(0, 0)).toBe(0)
})
