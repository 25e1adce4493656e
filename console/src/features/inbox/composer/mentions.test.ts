import { expect, test } from 'vitest'
import { complete, matching, mentionAt, mentionedIn } from './mentions'

const people = [
  { id: 1, name: 'Ana Souza' },
  { id: 2, name: 'Bruno' },
]

test('a word after @ is a mention that is being written', () => {
  expect(mentionAt('Vê isto @an', 11)).toBe('an')
  expect(mentionAt('@', 1)).toBe('')
  expect(mentionAt('ana@acme.example', 16)).toBeNull()
})

test('people are found by any part of their name, whatever the accents', () => {
  expect(matching(people, 'SOU').map(({ id }) => id)).toEqual([1])
})

test('choosing writes the whole name', () => {
  expect(complete('Vê @an logo', 6, 'Ana Souza')).toEqual({ text: 'Vê @Ana Souza logo', cursor: 14 })
})

test('a finished note names people', () => {
  expect(mentionedIn('@Ana Souza e @Bruno', people)).toEqual([1, 2])
})
