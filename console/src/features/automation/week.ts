/** The week of the editor, and national holidays as a start. */
import type { Hours } from '@/shared/api/types'
import type { Week } from './queries'

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Day = (typeof DAYS)[number]
export type Holiday = Hours['holidays'][number]
export const MOST_SHIFTS = 4

const OFFICE = [
  ['09:00', '12:00'],
  ['13:00', '18:00'],
]

export const officeWeek: Week = Object.fromEntries(
  DAYS.map((day, index) => [day, index < 5 ? OFFICE.map((shift) => [...shift]) : []]),
)

/** The next shift of a day: after the last one, or the whole day. */
export function nextShift(shifts: readonly string[][]): string[] {
  const end = shifts.at(-1)?.[1]
  if (!end) return ['09:00', '18:00']
  const begin = Math.min(Number(end.slice(0, 2)) + 1, 23)
  const hour = (value: number) => `${String(value).padStart(2, '0')}:00`
  return [hour(begin), hour(Math.min(begin + 4, 24))]
}

/** Minutes of a shift, also through midnight. */
export function minutesOf([begin = '00:00', end = '00:00']: readonly string[]): number {
  const at = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
  const length = at(end) - at(begin)
  return length > 0 ? length : length + 1440
}

export function weekHours(week: Week): number {
  const minutes = DAYS.flatMap((day) => week[day] ?? []).reduce((sum, shift) => sum + minutesOf(shift), 0)
  return Math.round(minutes / 6) / 10
}

export const COUNTRIES = ['BR', 'MX', 'AR', 'US'] as const
export type Country = (typeof COUNTRIES)[number]

/** Days of fixed dates as MM-DD; days that move as what they are counted from. */
const FIXED: Record<Country, Record<string, string>> = {
  BR: {
    '01-01': 'Confraternização Universal',
    '04-21': 'Tiradentes',
    '05-01': 'Dia do Trabalho',
    '09-07': 'Independência do Brasil',
    '10-12': 'Nossa Senhora Aparecida',
    '11-02': 'Finados',
    '11-15': 'Proclamação da República',
    '11-20': 'Consciência Negra',
    '12-25': 'Natal',
  },
  MX: {
    '01-01': 'Año Nuevo',
    '05-01': 'Día del Trabajo',
    '09-16': 'Día de la Independencia',
    '12-25': 'Navidad',
  },
  AR: {
    '01-01': 'Año Nuevo',
    '03-24': 'Día de la Memoria',
    '04-02': 'Malvinas',
    '05-01': 'Día del Trabajador',
    '05-25': 'Revolución de Mayo',
    '06-20': 'Día de la Bandera',
    '07-09': 'Día de la Independencia',
    '12-08': 'Inmaculada Concepción',
    '12-25': 'Navidad',
  },
  US: {
    '01-01': 'New Year’s Day',
    '06-19': 'Juneteenth',
    '07-04': 'Independence Day',
    '11-11': 'Veterans Day',
    '12-25': 'Christmas Day',
  },
}

/** Days after Easter Sunday. */
const EASTER: Record<Country, Record<number, string>> = {
  BR: { [-47]: 'Carnaval', [-2]: 'Sexta-feira Santa', 60: 'Corpus Christi' },
  MX: { [-2]: 'Viernes Santo' },
  AR: { [-48]: 'Carnaval', [-47]: 'Carnaval', [-2]: 'Viernes Santo' },
  US: {},
}

/** The n-th weekday (0 is Sunday) of a month; -1 is the last. */
const WEEKDAY: Record<Country, [month: number, weekday: number, nth: number, name: string][]> = {
  BR: [],
  MX: [
    [2, 1, 1, 'Día de la Constitución'],
    [3, 1, 3, 'Natalicio de Benito Juárez'],
    [11, 1, 3, 'Día de la Revolución'],
  ],
  AR: [],
  US: [
    [1, 1, 3, 'Martin Luther King Jr. Day'],
    [2, 1, 3, 'Presidents’ Day'],
    [5, 1, -1, 'Memorial Day'],
    [9, 1, 1, 'Labor Day'],
    [10, 1, 2, 'Columbus Day'],
    [11, 4, 4, 'Thanksgiving'],
  ],
}

export function nationalHolidays(country: Country, year: number): Holiday[] {
  const found: Holiday[] = Object.entries(FIXED[country]).map(([day, name]) => ({
    date: `${year}-${day}`,
    name,
    shifts: [],
  }))
  const easter = easterOf(year)
  for (const [days, name] of Object.entries(EASTER[country])) {
    found.push({ date: iso(new Date(easter.getTime() + Number(days) * 86_400_000)), name, shifts: [] })
  }
  for (const [month, weekday, nth, name] of WEEKDAY[country]) {
    found.push({ date: iso(nthWeekday(year, month, weekday, nth)), name, shifts: [] })
  }
  return found.sort((a, b) => a.date.localeCompare(b.date))
}

function nthWeekday(year: number, month: number, weekday: number, nth: number): Date {
  if (nth > 0) {
    const first = new Date(Date.UTC(year, month - 1, 1))
    return new Date(first.getTime() + (((weekday - first.getUTCDay() + 7) % 7) + (nth - 1) * 7) * 86_400_000)
  }
  const last = new Date(Date.UTC(year, month, 0))
  return new Date(last.getTime() - ((last.getUTCDay() - weekday + 7) % 7) * 86_400_000)
}

/** Gregorian Easter Sunday (Meeus). */
function easterOf(year: number): Date {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const e = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const f = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - e - (c % 4)) % 7
  const g = Math.floor((a + 11 * e + 22 * f) / 451)
  const day = e + f - 7 * g + 114
  return new Date(Date.UTC(year, Math.floor(day / 31) - 1, (day % 31) + 1))
}

function iso(date: Date): string {
  return date.toISOString().slice(0, 10)
}
