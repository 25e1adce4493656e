import { expect, test } from 'vitest'
import {
  addOption,
  canHaveOptions,
  changeOption,
  type DraftOption,
  isIncomplete,
  moveOption,
  newOption,
  optionAt,
  removeOption,
} from './tree'

const below = [newOption({ title: 'Late' }), newOption({ title: 'Lost' })]
const tree = [newOption({ title: 'Sales' }), newOption({ title: 'Order', kind: 'text', options: below })]
const titles = (options: DraftOption[]): unknown[] =>
  options.map(({ title, options: level }) => (level.length > 0 ? [title, titles(level)] : title))

test('an option is found, changed and removed by its place', () => {
  expect(optionAt(tree, [1, 0])?.title).toBe('Late')
  expect(optionAt(tree, [0, 3])).toBeUndefined()
  expect(titles(changeOption(tree, [1, 1], { title: 'Broken' }))).toEqual([
    'Sales',
    ['Order', ['Late', 'Broken']],
  ])
  expect(titles(removeOption(tree, [1, 0]))).toEqual(['Sales', ['Order', ['Lost']]])
})

test('a new option is the last of its level', () => {
  const added = newOption({ title: 'New' })
  expect(titles(addOption(tree, [], added))).toEqual(['Sales', ['Order', ['Late', 'Lost']], 'New'])
  expect(titles(addOption(tree, [1], added))).toEqual(['Sales', ['Order', ['Late', 'Lost', 'New']]])
})

test('an option moves within its level and no further', () => {
  expect(titles(moveOption(tree, [1, 0], 1))).toEqual(['Sales', ['Order', ['Lost', 'Late']]])
  expect(titles(moveOption(tree, [0], -1))).toEqual(titles(tree))
})

test('nothing hangs below what ends the walk, nor too deep', () => {
  expect(canHaveOptions(newOption({ kind: 'close' }), 1)).toBe(false)
  expect(canHaveOptions(newOption({ kind: 'text', closes: true }), 1)).toBe(false)
  expect(canHaveOptions(newOption({ kind: 'queue' }), 5)).toBe(true)
  expect(canHaveOptions(newOption({ kind: 'queue' }), 6)).toBe(false)
})

test('an option that leads nowhere is incomplete', () => {
  expect(isIncomplete(newOption({ title: 'Sales' }))).toBe(true)
  expect(isIncomplete(newOption({ title: 'Sales', queue: 3 }))).toBe(false)
  expect(isIncomplete(newOption({ title: 'Price list', kind: 'files' }))).toBe(true)
  expect(isIncomplete(newOption({ title: ' ', kind: 'text' }))).toBe(true)
})
