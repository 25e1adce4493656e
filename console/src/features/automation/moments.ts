/** When it opens or closes, said shortly in the calendar's own time zone. */

const DAY = 86_400_000

/** "18:00" today, "seg., 09:00" within a week, else "04/01, 09:00". */
export function momentText(at: string, zone: string, language: string, now = new Date()): string {
  const say = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, {
      hour: '2-digit',
      minute: '2-digit',
      timeZone: zone,
      ...options,
    }).format(new Date(at))
  const days = Math.round((Date.parse(dayIn(zone, new Date(at))) - Date.parse(dayIn(zone, now))) / DAY)
  if (days === 0) return say({})
  if (days < 7) return say({ weekday: 'short' })
  return say({ day: '2-digit', month: '2-digit' })
}

function dayIn(timeZone: string, at: Date): string {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit', timeZone } as const
  return new Intl.DateTimeFormat('sv-SE', parts).format(at)
}
