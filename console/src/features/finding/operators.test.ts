/** What is typed into the search, piece by piece. */
import { expect, test } from 'vitest'
import { completed, dayAgo, isPlain, pieceAt } from './operators'

test.each([
  ['boleto fila:ven', 15, 'queue', 'ven'],
  ['boleto fila:', 12, 'queue', ''],
  ['tag:"muito bo', 13, 'tag', 'muito bo'],
  ['después:2026', 12, 'after', '2026'],
  ['boleto fila:ven', 3, null, 'boleto'],
  ['https://x', 9, null, 'https://x'],
])('in %j at %i stands %s %j', (text, caret, operator, value) => {
  expect(pieceAt(text, caret)).toMatchObject({ operator, value })
})

test('between two pieces stands none', () => {
  expect(pieceAt('a  b', 2)).toBeNull()
})

test('a value is completed where it stands, in quotes when it has spaces', () => {
  const text = 'fila:tro boleto'
  const piece = pieceAt(text, 8)
  expect(piece && completed(text, piece, 'Trocas e devoluções')).toEqual({
    text: 'fila:"Trocas e devoluções" boleto',
    caret: 27,
  })
})

test('days are those of the wall calendar', () => {
  expect(dayAgo(1, new Date(2026, 2, 1, 0, 30))).toBe('2026-02-28')
})

test('contacts are looked for by words alone', () => {
  expect([isPlain('maria silva'), isPlain('de:maria'), isPlain('#12'), isPlain('"a b"')]).toEqual([
    true,
    false,
    false,
    false,
  ])
})
