/** No two columns mean the same thing. */
import { expect, test } from 'vitest'
import { isUsable, remapped, samplesOf } from './mapping'

const row = (...cells: string[]) => ({
  line: 1,
  cells,
  outcome: 'create' as const,
  contact: null,
  problems: [],
})

test('a meaning moves from one column to another', () => {
  expect(remapped(['name', 'number', ''], 2, 'number')).toEqual(['name', '', 'number'])
})

test('any number of columns can be left out', () => {
  expect(remapped(['name', ''], 0, '')).toEqual(['', ''])
})

test('samples are the first different things in a column', () => {
  const rows = [row('Ana', ''), row('Ana', 'x'), row('Bia', ''), row('Caio', ''), row('Davi', '')]
  expect(samplesOf(rows, 0)).toBe('Ana · Bia · Caio')
  expect(samplesOf(rows, 1)).toBe('x')
  expect(samplesOf(undefined, 0)).toBe('')
})

test('without a name, a number or an address there is nobody', () => {
  expect(isUsable(['tags', 'notes'])).toBe(false)
  expect(isUsable(['tags', 'email'])).toBe(true)
})
