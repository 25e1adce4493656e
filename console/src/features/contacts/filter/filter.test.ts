/** What people see of a filter is what the server is asked. */
import { expect, test } from 'vitest'
import { type Filter, filterOf, isSame, linesOf, savedFilter } from './filter'

const vip = { key: 'tag', operator: 'any', value: [3] }
const blocked = { key: 'blocked', operator: 'is', value: false }

test('a filter becomes lines and lines become the filter', () => {
  const filter: Filter = { any: [vip, blocked] }
  expect(filterOf(linesOf(filter))).toEqual(filter)
})

test('lines that are not finished ask nothing', () => {
  const started = { key: 'tag', operator: 'any', value: [] }
  expect(filterOf({ join: 'all', conditions: [started, blocked], groups: [] })).toEqual({ all: [blocked] })
  expect(filterOf({ join: 'all', conditions: [started], groups: [] })).toBeUndefined()
})

test('groups inside are kept when a line changes', () => {
  const filter: Filter = { all: [vip, { any: [blocked, vip] }] }
  const lines = linesOf(filter)
  expect(lines.conditions).toEqual([vip])
  expect(filterOf({ ...lines, conditions: [] })).toEqual({ all: [{ any: [blocked, vip] }] })
})

test('false and zero are answers, blanks are not', () => {
  const line = (value: unknown) =>
    filterOf({ join: 'all', conditions: [{ ...vip, value }], groups: [] }) !== undefined
  expect([false, 0, 'x', [1]].map(line)).toEqual([true, true, true, true])
  expect([undefined, null, ' ', []].map(line)).toEqual([false, false, false, false])
})

test('the order of words in JSON does not make another filter', () => {
  expect(isSame({ all: [vip] }, { all: [{ value: [3], operator: 'any', key: 'tag' }] })).toBe(true)
  expect(isSame({ all: [vip] }, { any: [vip] })).toBe(false)
  expect(isSame(savedFilter({}), undefined)).toBe(true)
})
