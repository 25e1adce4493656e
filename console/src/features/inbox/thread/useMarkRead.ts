/** Marks the ticket as read when its end has really been looked at for a second. */
import { useEffect, useState } from 'react'
import type { Ticket } from '@/shared/api/types'
import { useMe } from '@/shared/session/store'
import { markRead } from '../data/actions'

const LOOKED_FOR = 1_000

export function useMarkRead(ticket: Ticket, isAtEnd: boolean): void {
  const me = useMe()
  const isWatching = useWatching()
  // Looking into a colleague's conversation must not clear the colleague's unread mark.
  const isMine = ticket.agent?.id === me.user.id
  const { id, unread_count } = ticket
  const isDue = isMine && isWatching && isAtEnd && unread_count > 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: every further unread message starts the second again
  useEffect(() => {
    if (!isDue) return
    const timer = setTimeout(() => void markRead(id), LOOKED_FOR)
    return () => clearTimeout(timer)
  }, [isDue, id, unread_count])
}

/** The tab is in front and the window has the focus. */
export function useWatching(): boolean {
  const [isWatching, setWatching] = useState(isLooking)
  useEffect(() => {
    const look = () => setWatching(isLooking())
    window.addEventListener('focus', look)
    window.addEventListener('blur', look)
    document.addEventListener('visibilitychange', look)
    return () => {
      window.removeEventListener('focus', look)
      window.removeEventListener('blur', look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [])
  return isWatching
}

function isLooking(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus()
}
