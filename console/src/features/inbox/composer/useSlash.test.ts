import { expect, test } from 'vitest'
import { slashAt } from './useSlash'

test('a slash at the beginning, after a space or on a new line opens the list', () => {
  expect(slashAt('/', 1)).toEqual({ word: '', start: 0, end: 1 })
  expect(slashAt('Oi /pi', 6)).toEqual({ word: 'pi', start: 3, end: 6 })
  expect(slashAt('Oi\n/bom-dia', 11)).toEqual({ word: 'bom-dia', start: 3, end: 11 })
})

test('a slash inside a word or an address means nothing', () => {
  expect(slashAt('e/ou', 4)).toBeNull()
  expect(slashAt('https://exemplo.com', 19)).toBeNull()
  expect(slashAt('/pix agora', 10)).toBeNull()
})
