import { expect, test } from 'vitest'
import { laterTimes } from './snooze'

const at = (text: string) =>
  laterTimes(new Date(text)).map((later) => [later.id, later.at?.toString() ?? null])

test('an hour is always offered', () => {
  expect(at('2026-03-10T23:30:00')[0]).toEqual(['hour', new Date('2026-03-11T00:30:00').toString()])
})

test('in the morning there is still a later today', () => {
  expect(at('2026-03-10T09:30:00')[1]).toEqual(['laterToday', new Date('2026-03-10T12:30:00').toString()])
})

test('in the evening tomorrow comes first', () => {
  expect(at('2026-03-10T20:30:00')[1]).toEqual(['tomorrow', new Date('2026-03-11T09:00:00').toString()])
})

test('next week is the next Monday, on a Monday the one after', () => {
  const monday = (day: string) => at(day).find(([id]) => id === 'nextWeek')?.[1]
  expect(monday('2026-03-10T09:00:00')).toBe(new Date('2026-03-16T09:00:00').toString())
  expect(monday('2026-03-09T09:00:00')).toBe(new Date('2026-03-16T09:00:00').toString())
  expect(monday('2026-03-15T09:00:00')).toBe(new Date('2026-03-16T09:00:00').toString())
})
