/** The preview of a merge says what the server will do. */
import { expect, test } from 'vitest'
import type { Contact } from '@/shared/api/types'
import { differing, standing, takenFrom } from './choice'

const blank = { name: '', number: null, email: '', owner: null, tags: [] }
const contact = (id: number, known: Partial<Contact>) => ({ ...blank, id, ...known }) as Contact

const ana = contact(1, { name: 'Ana', number: '5511999990001' })
const aninha = contact(2, { name: 'Aninha', email: 'ana@example.com' })

test('only where both know something else is there a choice', () => {
  expect(differing(ana, aninha)).toEqual(['name'])
  expect(differing(ana, ana)).toEqual([])
})

test('what is picked from the one who disappears is taken', () => {
  expect(takenFrom(aninha, ana, { name: 2 })).toEqual(['name'])
  expect(takenFrom(aninha, ana, { name: 1 })).toEqual([])
  expect(takenFrom(aninha, ana, { email: 2 })).toEqual([])
})

test('gaps are filled, the survivor keeps its word otherwise', () => {
  expect(standing('email', aninha, ana, {})).toBe('ana@example.com')
  expect(standing('number', aninha, ana, {})).toBe('5511999990001')
  expect(standing('name', aninha, ana, {})).toBe('Ana')
  expect(standing('name', aninha, ana, { name: 2 })).toBe('Aninha')
})
