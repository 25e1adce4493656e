/** Quiet hours, as the server reads them: in the company's time zone. */
import type { NotificationSettings } from '@/shared/api/types'

type Quiet = Pick<NotificationSettings, 'quiet_from' | 'quiet_until' | 'quiet_days'>

export function isQuiet({ quiet_from, quiet_until, quiet_days }: Quiet, at: Date, timeZone: string): boolean {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  if (quiet_days.includes(part('weekday').toLowerCase())) return true
  if (!quiet_from || !quiet_until || quiet_from === quiet_until) return false
  const clock = `${part('hour')}:${part('minute')}:00`
  if (quiet_from < quiet_until) return quiet_from <= clock && clock < quiet_until
  return clock >= quiet_from || clock < quiet_until
}
