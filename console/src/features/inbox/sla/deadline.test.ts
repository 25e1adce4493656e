import { expect, test } from 'vitest'
import { deadlineOf, type Promised } from './deadline'

const DUE = Date.parse('2026-03-10T12:00:00Z')
const ticket: Promised = {
  status: 'open',
  sla_target: 'first_reply',
  sla_due_at: '2026-03-10T12:00:00Z',
  sla_warned_at: null,
}
const at = (seconds: number, changes: Partial<Promised> = {}) => {
  const found = deadlineOf({ ...ticket, ...changes }, DUE + seconds * 1_000)
  return found && [found.state, found.left]
}

test('minutes are counted down, and seconds at the very end', () => {
  expect(at(-4 * 3600)).toEqual(['kept', '4 h'])
  expect(at(-600)).toEqual(['kept', '10 min'])
  expect(at(-61)).toEqual(['kept', '2 min'])
  expect(at(-60)).toEqual(['kept', '60 s'])
  expect(at(-1)).toEqual(['kept', '1 s'])
})

test('who was warned sees it', () => {
  expect(at(-100, { sla_warned_at: '2026-03-10T11:50:00Z' })).toEqual(['near', '2 min'])
})

test('from the very second on it is late, whoever says so', () => {
  expect(at(0)).toEqual(['late', '0 min'])
  expect(at(59)).toEqual(['late', '0 min'])
  expect(at(12 * 60)).toEqual(['late', '12 min'])
})

test('nothing is shown where nothing is promised or all is over', () => {
  expect(at(-60, { sla_due_at: null, sla_target: '' })).toBeNull()
  expect(at(60, { status: 'closed' })).toBeNull()
})
