import { expect, test } from 'vitest'
import { minutesOf, nationalHolidays, nextShift, officeWeek, weekHours } from './week'

const days = (country: 'BR' | 'MX' | 'AR' | 'US', year: number) =>
  Object.fromEntries(nationalHolidays(country, year).map(({ date, name }) => [name, date]))

test('the Brazilian holidays that move follow Easter', () => {
  expect(days('BR', 2026)).toMatchObject({
    Carnaval: '2026-02-17',
    'Sexta-feira Santa': '2026-04-03',
    'Corpus Christi': '2026-06-04',
  })
  expect(days('BR', 2027)).toMatchObject({
    'Sexta-feira Santa': '2027-03-26',
    'Corpus Christi': '2027-05-27',
  })
})

test('Brazil has twelve national days in a year, in order and closed', () => {
  const found = nationalHolidays('BR', 2026)
  expect(found).toHaveLength(12)
  expect(found.map(({ date }) => date)).toEqual(found.map(({ date }) => date).toSorted())
  expect(found.every(({ shifts }) => shifts.length === 0)).toBe(true)
})

test('days of the n-th weekday are found from both ends of a month', () => {
  expect(days('US', 2026)).toMatchObject({
    Thanksgiving: '2026-11-26',
    'Memorial Day': '2026-05-25',
    'Labor Day': '2026-09-07',
  })
})

test('a new week has two shifts on five days', () => {
  expect(weekHours(officeWeek)).toBe(40)
  expect(officeWeek.sat).toEqual([])
})

test('a shift through midnight counts to the next day', () => {
  expect(minutesOf(['22:00', '02:00'])).toBe(240)
  expect(minutesOf(['00:00', '24:00'])).toBe(1440)
})

test('the next shift begins after the last one and stays within the day', () => {
  expect(nextShift([['09:00', '12:00']])).toEqual(['13:00', '17:00'])
  expect(nextShift([['09:00', '22:30']])).toEqual(['23:00', '24:00'])
  expect(nextShift([])).toEqual(['09:00', '18:00'])
})
