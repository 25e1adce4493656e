/** Reads new messages of the customer to people who do not see them, at most every three seconds. */
import { useEffect, useRef } from 'react'
import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { announce } from '@/shared/ui/announce'
import { previewIn } from '../data/previewIn'
import { previewText } from '../list/preview'

const EVERY = 3_000

export function useAnnounceNew(messages: readonly Message[]): void {
  const { t } = useTranslation('inbox')
  const last = useRef<number | null>(null)
  const waiting = useRef<Message[]>([])
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    const inbound = messages.filter(({ direction }) => direction === 'in')
    const newest = inbound.at(-1)?.id ?? 0
    const known = last.current
    last.current = Math.max(newest, known ?? 0)
    // What was there when the thread opened is read by going through it.
    if (known === null || newest <= known) return
    waiting.current.push(...inbound.filter(({ id }) => id > known))
    if (timer.current) return
    timer.current = setTimeout(() => {
      timer.current = undefined
      const [first] = waiting.current
      const count = waiting.current.length
      waiting.current = []
      if (first && count === 1)
        announce(
          t('thread.newMessage', {
            text: previewText({ ...first, preview: previewIn(first), is_removed: false }, t).slice(0, 200),
          }),
        )
      else announce(t('thread.missed', { count }))
    }, EVERY)
  }, [messages, t])
}
