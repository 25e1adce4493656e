/** The times that people mean when they put something aside, by the clocks of the company. */
import { dayLater, type LocalTime, localTime, momentOf } from '@/shared/lib/zones'

export interface Later {
  id: 'hour' | 'laterToday' | 'tomorrow' | 'nextWeek' | 'reply'
  /** null: until the customer writes. */
  at: Date | null
}

const MORNING = '09:00'
const NIGHT = '22:00'
const HOUR = 3_600_000

/** "Later today" is three hours on, and is not offered when that is night. */
export function laterTimes(now: Date, zone: string): Later[] {
  const { day } = localTime(now, zone)
  const later = new Date(now.getTime() + 3 * HOUR)
  const shown = localTime(later, zone)
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  const morning = (days: number) => momentOf({ day: dayLater(day, days), time: MORNING }, zone)
  const times: Later[] = [
    { id: 'tomorrow', at: morning(1) },
    { id: 'nextWeek', at: morning((8 - weekday) % 7 || 7) },
    { id: 'reply', at: null },
  ]
  const isToday = shown.day === day && shown.time < NIGHT
  if (isToday) times.unshift({ id: 'laterToday', at: later })
  return [{ id: 'hour', at: new Date(now.getTime() + HOUR) }, ...times]
}

/** What a field for date and time holds: "2026-11-21T09:00". */
export function ownTime(written: string, zone: string): Date | null {
  const [day, time] = written.split('T')
  if (!day || !time) return null
  const local: LocalTime = { day, time }
  return momentOf(local, zone)
}
