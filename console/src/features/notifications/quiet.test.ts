import { expect, test } from 'vitest'
import { isQuiet } from './quiet'

const nights = { quiet_from: '20:00:00', quiet_until: '08:00:00', quiet_days: ['sun'] }
const at = (time: string) => isQuiet(nights, new Date(time), 'America/Sao_Paulo')

test('quiet hours reach over midnight, in the time of the company', () => {
  expect(at('2026-03-10T22:59:00Z')).toBe(false)
  expect(at('2026-03-10T23:00:00Z')).toBe(true)
  expect(at('2026-03-11T10:59:00Z')).toBe(true)
  expect(at('2026-03-11T11:00:00Z')).toBe(false)
})

test('a quiet day is quiet all day', () => {
  expect(at('2026-03-15T15:00:00Z')).toBe(true)
})

test('without hours it is never quiet', () => {
  const never = { quiet_from: null, quiet_until: null, quiet_days: [] }
  expect(isQuiet(never, new Date('2026-03-11T03:00:00Z'), 'America/Sao_Paulo')).toBe(false)
})
