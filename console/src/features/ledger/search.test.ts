import { expect, test } from 'vitest'
import { since, validateLedgerSearch } from './search'

test('an address is read as far as it makes sense', () => {
  expect(
    validateLedgerSearch({
      show: 'attempts',
      connection: '7',
      ticket: -1,
      days: 'x',
      message: 'wamid.1',
      y: 1,
    }),
  ).toEqual({ show: 'attempts', connection: 7, message: 'wamid.1' })
  expect(validateLedgerSearch({ show: 'secrets', outcome: '' })).toEqual({})
})

test('a period begins on a full hour', () => {
  expect(since(1, Date.parse('2026-11-21T12:34:56Z'))).toBe('2026-11-20T12:00:00.000Z')
  expect(since(undefined)).toBeUndefined()
})
