/** Times of day in the company's zone, as people say them, and the moments they are. */

export interface LocalTime {
  /** 2026-11-21 */
  day: string
  /** 09:00 */
  time: string
}

/** When the clocks of the zone show this. In the hour that a change to summer time leaves out: an hour later. */
export function momentOf({ day, time }: LocalTime, zone: string): Date | null {
  const asIfUtc = Date.parse(`${day}T${time}:00Z`)
  if (Number.isNaN(asIfUtc)) return null
  // The offset is that of the moment itself, which is known well enough after one correction.
  const first = asIfUtc - offsetAt(asIfUtc, zone)
  return new Date(asIfUtc - offsetAt(first, zone))
}

export function localTime(at: Date | number, zone: string): LocalTime {
  const text = formatter(zone).format(at)
  return { day: text.slice(0, 10), time: text.slice(11, 16) }
}

export interface Preset extends LocalTime {
  id: 'hour' | 'tomorrow' | 'monday'
}

/** In an hour, to the next five minutes; tomorrow and next Monday in the morning. */
export function presets(now: number, zone: string): Preset[] {
  const soon = localTime(Math.ceil((now + 3_600_000) / 300_000) * 300_000, zone)
  const today = localTime(now, zone).day
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay()
  return [
    { id: 'hour', ...soon },
    { id: 'tomorrow', day: dayLater(today, 1), time: '09:00' },
    { id: 'monday', day: dayLater(today, (8 - weekday) % 7 || 7), time: '09:00' },
  ]
}

export function dayLater(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

function offsetAt(moment: number, zone: string): number {
  const shown = Date.parse(`${formatter(zone).format(moment).replace(' ', 'T')}Z`)
  return shown - Math.floor(moment / 1000) * 1000
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(zone: string): Intl.DateTimeFormat {
  let known = formatters.get(zone)
  if (!known) {
    // Swedish writes 2026-11-21 09:00:00.
    known = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
    formatters.set(zone, known)
  }
  return known
}
