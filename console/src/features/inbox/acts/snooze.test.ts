import { expect, test } from 'vitest'
import { laterTimes, ownTime } from './snooze'

const ZONE = 'America/Sao_Paulo'
const at = (text: string) =>
  Object.fromEntries(laterTimes(new Date(text), ZONE).map((later) => [later.id, later.at?.toISOString()]))

test('an hour is always offered, and first', () => {
  expect(laterTimes(new Date('2026-03-11T02:30:00Z'), ZONE)[0]?.id).toBe('hour')
  expect(at('2026-03-11T02:30:00Z').hour).toBe('2026-03-11T03:30:00.000Z')
})

test('in the morning there is still a later today, in the evening there is not', () => {
  expect(at('2026-03-10T12:30:00Z').laterToday).toBe('2026-03-10T15:30:00.000Z')
  expect(at('2026-03-10T23:30:00Z')).not.toHaveProperty('laterToday')
})

test('tomorrow is the next morning where the company is, though it is another day in London', () => {
  expect(at('2026-03-11T01:30:00Z').tomorrow).toBe('2026-03-11T12:00:00.000Z')
})

test('next week is the next Monday, on a Monday the one after', () => {
  expect(at('2026-03-10T12:00:00Z').nextWeek).toBe('2026-03-16T12:00:00.000Z')
  expect(at('2026-03-09T12:00:00Z').nextWeek).toBe('2026-03-16T12:00:00.000Z')
  expect(at('2026-03-15T12:00:00Z').nextWeek).toBe('2026-03-16T12:00:00.000Z')
})

test("a time of one's own is meant by the same clocks", () => {
  expect(ownTime('2026-03-12T14:15', ZONE)?.toISOString()).toBe('2026-03-12T17:15:00.000Z')
  expect(ownTime('', ZONE)).toBeNull()
})
