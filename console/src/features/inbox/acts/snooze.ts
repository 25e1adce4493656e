/** The times that people mean when they put something aside. */

export interface Later {
  id: 'hour' | 'laterToday' | 'tomorrow' | 'nextWeek' | 'reply'
  /** null: until the customer writes. */
  at: Date | null
}

const MORNING = 9

const HOUR = 3_600_000

/** "Later today" is three hours on, and is not offered when that is night. */
export function laterTimes(now: Date): Later[] {
  const today = new Date(now.getTime() + 3 * HOUR)
  const hour: Later = { id: 'hour', at: new Date(now.getTime() + HOUR) }
  const times: Later[] = [
    { id: 'tomorrow', at: morningIn(now, 1) },
    { id: 'nextWeek', at: morningIn(now, (8 - now.getDay()) % 7 || 7) },
    { id: 'reply', at: null },
  ]
  const isToday = today.getDate() === now.getDate() && today.getHours() < 22
  return isToday ? [hour, { id: 'laterToday', at: today }, ...times] : [hour, ...times]
}

function morningIn(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING)
}
