import { expect, test } from 'vitest'
import { wordsOf } from './words'

test('a message shows who wrote and what', () => {
  const pushed = { kind: 'message', language: 'en', ticket: 1, number: 7, contact: 'Rui', text: 'Oi' }
  expect(wordsOf(pushed)).toEqual({ title: 'Rui', body: 'Oi' })
})

test('a mention names the colleague, in the language of the person', () => {
  const pushed = { kind: 'mentioned', language: 'es', contact: 'Rui', number: 7, by: 'Ana', text: '¿puedes?' }
  expect(wordsOf(pushed)).toEqual({ title: 'Rui · #7', body: 'Ana te mencionó: ¿puedes?' })
})

test('a kind that this build does not know still says something', () => {
  expect(wordsOf({ kind: 'new', language: 'en' })).toEqual({ title: 'Helpdesk', body: 'A job is done' })
})
