/** Numbers, sizes and dates as people write them. */
import { beforeAll, expect, test } from 'vitest'
import { speak } from '@/shared/i18n/translate'
import { adoptSession } from '@/shared/session/store'
import { session } from '../../../tests/factories'
import { dayOf, formatDay, formatDuration, formatMinutes, formatSize, formatWhen } from './dates'
import { formatPhone, phoneDigits } from './phone'

beforeAll(async () => {
  speak('pt-BR', {})
  adoptSession(session())
})

test.each([
  ['5511987654321', '+55 11 98765-4321'],
  ['551140028922', '+55 11 4002-8922'],
  ['14155550132', '+1 415 555-0132'],
  ['351912345678', '+351 912 345 678'],
  ['34612345678', '+34 612 345 678'],
  ['4915123456789', '+49 151 234 567 89'],
  ['353853972584', '+353 853 972 584'],
  ['', ''],
])('%s is shown as %s', (digits, shown) => {
  expect(formatPhone(digits)).toBe(shown)
  expect(phoneDigits(shown)).toBe(digits)
})

test('days are those of the company, not of the computer', () => {
  expect(dayOf('2026-11-21T02:30:00Z')).toBe('2026-11-20')
})

test('lists say the time today, the weekday this week, then the date', () => {
  const now = new Date('2026-11-21T15:00:00Z')
  expect(formatWhen('2026-11-21T12:05:00Z', now)).toBe('09:05')
  expect(formatWhen('2026-11-18T12:05:00Z', now)).toBe('qua.')
  expect(formatWhen('2026-10-02T12:05:00Z', now)).toBe('02/10')
  expect(formatDay('2026-11-20T12:00:00Z', now)).toBe('ontem')
})

test('durations, sizes and spans are short', () => {
  expect(formatDuration(75)).toBe('1:15')
  expect(formatSize(1_400_000)).toBe('1,4 MB')
  expect(formatMinutes(1_440)).toBe('1 dia')
  expect(formatMinutes(90)).toBe('90 minutos')
})
