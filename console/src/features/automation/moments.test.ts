import { expect, test } from 'vitest'
import { momentText } from './moments'
import { validateMenusSearch } from './search'

const zone = 'America/Sao_Paulo'
const now = new Date('2026-11-20T15:00:00Z') // Friday noon there

test('the time says enough today, the weekday this week, else the date', () => {
  expect(momentText('2026-11-20T21:00:00Z', zone, 'pt-BR', now)).toBe('18:00')
  expect(momentText('2026-11-23T12:00:00Z', zone, 'pt-BR', now)).toBe('seg., 09:00')
  expect(momentText('2027-01-04T12:00:00Z', zone, 'pt-BR', now)).toBe('04/01, 09:00')
})

test("today is the calendar's day, not the browser's", () => {
  const late = new Date('2026-11-21T01:30:00Z') // still Friday in São Paulo
  expect(momentText('2026-11-21T02:00:00Z', zone, 'en', late)).toMatch(/^11:00\sPM$/)
})

test('the address opens a menu or a new one, and nothing else', () => {
  expect(validateMenusSearch({ menu: '7' })).toEqual({ menu: 7 })
  expect(validateMenusSearch({ menu: 'new' })).toEqual({ menu: 'new' })
  expect(validateMenusSearch({ menu: 'abc' })).toEqual({})
})
