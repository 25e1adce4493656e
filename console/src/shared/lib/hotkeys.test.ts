/** No key means two things. */
import { expect, test } from 'vitest'
import { shortcuts } from '@/shared/actions/shortcuts'
import { collisions, isTyping, keyCaps, keyOf } from './hotkeys'

test('the shortcut table has no collisions', () => {
  expect(collisions(shortcuts)).toEqual([])
})

test('a sequence collides with its first key', () => {
  expect(collisions({ go: { keys: ['g i'] }, get: { keys: ['g'] } })).toEqual([['go', 'get']])
})

test('screens that are never on together may share a key', () => {
  const next = { keys: ['j'], group: 'inbox' }
  expect(collisions({ next, pair: { keys: ['j'], group: 'duplicates' } })).toEqual([])
  expect(collisions({ next, go: { keys: ['j'], group: 'go' } })).toEqual([['next', 'go']])
})

test('single letters stay silent while typing', () => {
  const silent = Object.values(shortcuts).filter(
    (shortcut) => 'whileTyping' in shortcut && shortcut.whileTyping,
  )
  for (const { keys } of silent) for (const key of keys) expect(key).toMatch(/mod\+|alt\+/)
})

test('presses are named as the table names them', () => {
  const press = (init: KeyboardEventInit) => keyOf(new KeyboardEvent('keydown', init))
  expect(press({ key: 'K', ctrlKey: true, shiftKey: true })).toBe('mod+shift+k')
  expect(press({ key: '?', shiftKey: true })).toBe('?')
  expect(press({ key: 'ArrowDown', altKey: true })).toBe('alt+arrowdown')
})

test('fields are for text, checkboxes are not', () => {
  const field = (html: string) => {
    document.body.innerHTML = html
    return document.body.firstElementChild
  }
  expect(isTyping(field('<textarea></textarea>'))).toBe(true)
  expect(isTyping(field('<input type="search">'))).toBe(true)
  expect(isTyping(field('<input type="checkbox">'))).toBe(false)
  expect(isTyping(field('<button></button>'))).toBe(false)
})

test('caps are printed as people know them', () => {
  expect(keyCaps('mod+shift+l')).toEqual([['Ctrl', 'Shift', 'L']])
  expect(keyCaps('g i')).toEqual([['G'], ['I']])
})
