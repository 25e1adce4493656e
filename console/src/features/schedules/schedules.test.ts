import { expect, test } from 'vitest'
import { localTime, momentOf, presets } from '@/shared/lib/zones'
import { changesOf, isOutsideWindow, newFields, requestOf } from './values'

const SAO_PAULO = 'America/Sao_Paulo'
const MADRID = 'Europe/Madrid'

test('nine in the morning is nine where the company is', () => {
  expect(momentOf({ day: '2026-11-21', time: '09:00' }, SAO_PAULO)?.toISOString()).toBe(
    '2026-11-21T12:00:00.000Z',
  )
  expect(momentOf({ day: '2026-07-01', time: '09:00' }, MADRID)?.toISOString()).toBe(
    '2026-07-01T07:00:00.000Z',
  )
  expect(momentOf({ day: '', time: '09:00' }, MADRID)).toBeNull()
})

test('a moment comes back as it was said, around the change of the clocks as well', () => {
  for (const said of [
    { day: '2026-03-29', time: '04:00' },
    { day: '2026-10-25', time: '04:00' },
    { day: '2026-12-31', time: '23:55' },
  ]) {
    expect(localTime(momentOf(said, MADRID) ?? 0, MADRID)).toEqual(said)
  }
})

test('what is offered follows the day of the company', () => {
  const lateOnSaturday = Date.parse('2026-11-22T01:58:10Z') // 22:58 on the 21st in São Paulo
  expect(presets(lateOnSaturday, SAO_PAULO)).toEqual([
    { id: 'hour', day: '2026-11-22', time: '00:00' },
    { id: 'tomorrow', day: '2026-11-22', time: '09:00' },
    { id: 'monday', day: '2026-11-23', time: '09:00' },
  ])
})

test('a repeated message says how often and how it ends', () => {
  const values = newFields('Oi', { day: '2026-11-23', time: '09:00' })
  expect(requestOf(values, [{ id: 7 }], SAO_PAULO)).toMatchObject({ repeat: null, attachments: [7] })
  const weekly = { ...values, unit: 'week' as const, every: 2, end: 'times' as const, times: 3 }
  expect(requestOf(weekly, [], SAO_PAULO).repeat).toEqual({ unit: 'week', every: 2, times: 3, until: null })
})

test('other words alone do not begin a rhythm anew', () => {
  const before = requestOf(newFields('Oi', { day: '2026-11-23', time: '09:00' }), [], SAO_PAULO)
  expect(changesOf(before, { ...before, body: 'Olá' })).not.toHaveProperty('at')
  expect(changesOf(before, { ...before, business_days: 'next' })).toHaveProperty('at')
})

test('after the window has closed, or where none is open, free words do not arrive', () => {
  const at = new Date('2026-11-21T12:00:00Z')
  expect(isOutsideWindow(at, '2026-11-21T12:00:00Z')).toBe(true)
  expect(isOutsideWindow(at, '2026-11-21T12:01:00Z')).toBe(false)
  expect(isOutsideWindow(at, null)).toBe(true)
  expect(isOutsideWindow(null, null)).toBe(false)
})
