/** Choosing many without losing track. */
import { expect, test } from 'vitest'
import { EVERYBODY, isChosen, isEmpty, NOBODY, toggled, toggledAll } from './selection'

const rows = [5, 4, 3, 2, 1]

test('a row is chosen and let go', () => {
  const one = toggled(NOBODY, 3)
  expect(isChosen(one, 3)).toBe(true)
  expect(isEmpty(toggled(one, 3))).toBe(true)
})

test('shift takes every row between, in either direction', () => {
  const down = toggled(NOBODY, 2, { rows, from: 4 })
  expect([...down.ids].sort()).toEqual([2, 3, 4])
  expect([...toggled(NOBODY, 4, { rows, from: 2 }).ids].sort()).toEqual([2, 3, 4])
})

test('from everybody, rows are taken out', () => {
  const most = toggled(EVERYBODY, 3)
  expect(isChosen(most, 3)).toBe(false)
  expect(isChosen(most, 99)).toBe(true)
  expect(isChosen(toggled(most, 3), 3)).toBe(true)
})

test('the box in the heading chooses what is on screen, then nothing', () => {
  const all = toggledAll(NOBODY, rows)
  expect(all.ids.size).toBe(5)
  expect(isEmpty(toggledAll(all, rows))).toBe(true)
  expect(isEmpty(toggledAll(EVERYBODY, rows))).toBe(true)
})

test('a row that is not on screen does not start a range', () => {
  expect([...toggled(NOBODY, 2, { rows, from: 77 }).ids]).toEqual([2])
})
