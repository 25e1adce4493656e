/** Dates and times in the company's time zone and the person's language. */
import { currentLanguage } from '@/shared/i18n'
import { currentMe } from '@/shared/session/store'

const DAY = 86_400_000
const QUARTER = 900_000
const MANY = 10_000
const days = new Map<string, string>()
const formats = new Map<string, Intl.DateTimeFormat>()

export function timeZone(): string {
  return currentMe()?.company?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** 14:05 */
export function formatTime(at: string | Date): string {
  return format(at, { hour: '2-digit', minute: '2-digit' })
}

/** 21 de nov. de 2026 */
export function formatDate(at: string | Date): string {
  return format(at, { day: 'numeric', month: 'short', year: 'numeric' })
}

/** 21 de nov. de 2026, 14:05 */
export function formatDateTime(at: string | Date): string {
  return format(at, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' })
}

/** For lists: the time today, the weekday this week, else the date. */
export function formatWhen(at: string | Date, now = new Date()): string {
  const days = daysBetween(at, now)
  if (days === 0) return formatTime(at)
  if (days > 0 && days < 7) return format(at, { weekday: 'short' })
  const sameYear = dayOf(at).slice(0, 4) === dayOf(now).slice(0, 4)
  return format(
    at,
    sameYear ? { day: '2-digit', month: '2-digit' } : { day: '2-digit', month: '2-digit', year: '2-digit' },
  )
}

/** For separators in a thread: "today", "yesterday", weekday and date, in the words of the language. */
export function formatDay(at: string | Date, now = new Date()): string {
  const days = daysBetween(at, now)
  if (days === 0 || days === 1)
    return new Intl.RelativeTimeFormat(currentLanguage(), { numeric: 'auto' }).format(-days, 'day')
  if (days > 0 && days < 7) return format(at, { weekday: 'long' })
  return format(at, { day: 'numeric', month: 'long', year: 'numeric' })
}

/** "há 3 minutos", "in 2 hours". */
export function formatAgo(at: string | Date, now = new Date()): string {
  const seconds = Math.round((new Date(at).getTime() - now.getTime()) / 1000)
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ]
  const relative = new Intl.RelativeTimeFormat(currentLanguage(), { numeric: 'auto', style: 'short' })
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit)
  }
  return relative.format(0, 'second')
}

/** 2026-11-21 in the company's time zone: what decides whether two moments share a day. */
export function dayOf(at: string | Date): string {
  const time = new Date(at).getTime()
  // No time zone begins its day within a quarter of an hour; a thread asks for hundreds of moments.
  const key = `${timeZone()} ${Math.floor(time / QUARTER)}`
  let day = days.get(key)
  if (!day) {
    day = formatter({ year: 'numeric', month: '2-digit', day: '2-digit' }, 'sv-SE').format(time)
    if (days.size > MANY) days.clear()
    days.set(key, day)
  }
  return day
}

/** Calendar days from `at` to `now`; 0 is today, 1 yesterday. */
export function daysBetween(at: string | Date, now: Date): number {
  return Math.round((Date.parse(dayOf(now)) - Date.parse(dayOf(at))) / DAY)
}

/** 75 → 1:15 */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** 1.4 MB in the language's digits. */
export function formatSize(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const step = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1000)), 3)
  return new Intl.NumberFormat(currentLanguage(), {
    style: 'unit',
    unit: units[step],
    unitDisplay: 'short',
    maximumFractionDigits: step < 2 ? 0 : 1,
  }).format(bytes / 1000 ** step)
}

/** 1440 → "1 day", 90 → "90 min": the largest unit that needs no fraction. */
export function formatMinutes(minutes: number): string {
  const [unit, size] =
    minutes % 1_440 === 0
      ? (['day', 1_440] as const)
      : minutes % 60 === 0
        ? (['hour', 60] as const)
        : (['minute', 1] as const)
  return new Intl.NumberFormat(currentLanguage(), { style: 'unit', unit, unitDisplay: 'long' }).format(
    minutes / size,
  )
}

/** A price; a currency that nobody knows is written behind the number. */
export function formatMoney(value: number, currency: string): string {
  try {
    return new Intl.NumberFormat(currentLanguage(), { style: 'currency', currency }).format(value)
  } catch {
    return `${formatNumber(value)} ${currency}`.trim()
  }
}

export function formatNumber(value: number): string {
  return new Intl.NumberFormat(currentLanguage()).format(value)
}

function format(at: string | Date, options: Intl.DateTimeFormatOptions): string {
  return formatter(options, currentLanguage()).format(new Date(at))
}

function formatter(options: Intl.DateTimeFormatOptions, language: string): Intl.DateTimeFormat {
  const key = `${language} ${timeZone()} ${JSON.stringify(options)}`
  let known = formats.get(key)
  if (!known) {
    known = new Intl.DateTimeFormat(language, { ...options, timeZone: timeZone() })
    formats.set(key, known)
  }
  return known
}
