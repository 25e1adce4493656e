/** "3 minutes ago" that stays true, with the exact moment on hover. */
import { useSyncExternalStore } from 'react'
import { formatAgo, formatDateTime } from '@/shared/lib/dates'

interface TimeAgoProps {
  at: string
  className?: string
}

export function TimeAgo({ at, className }: TimeAgoProps) {
  const now = useNow()
  return (
    <time dateTime={at} title={formatDateTime(at)} className={className}>
      {formatAgo(at, new Date(now))}
    </time>
  )
}

let minute = Date.now()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** The time, refreshed twice a minute for everyone at once. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => minute)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    minute = Date.now()
    for (const tell of listeners) tell()
  }, 30_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}
