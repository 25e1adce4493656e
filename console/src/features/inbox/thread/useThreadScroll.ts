/**
 * Where the thread stands: it opens at the first unread message or at the end, stays at the end while one is
 * there, keeps its place while older pages come in above, and counts what arrived out of sight.
 */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { Line } from './rows'

const NEAR_END = 48
const NEAR_START = 900

interface ThreadScrollOptions {
  view: RefObject<VirtualizerHandle | null>
  lines: readonly Line[]
  hasOlder: boolean
  loadOlder: () => void
}

export function useThreadScroll({ view, lines, hasOlder, loadOlder }: ThreadScrollOptions) {
  const [isAtEnd, setAtEnd] = useState(true)
  const [missed, setMissed] = useState(0)
  const isStuck = useRef(true)
  const lastOffset = useRef(0)
  const placed = useRef(false)
  const before = useRef<readonly Line[]>(lines)
  const isPrepend = useIsPrepend(lines)

  const toEnd = useCallback(() => {
    isStuck.current = true
    setMissed(0)
    view.current?.scrollToIndex(Number.MAX_SAFE_INTEGER, { align: 'end' })
  }, [view])

  const look = useCallback(() => {
    const handle = view.current
    if (!handle) return
    const { scrollOffset, scrollSize, viewportSize } = handle
    const atEnd = scrollSize - scrollOffset - viewportSize < NEAR_END
    // Growing content moves the end away; only a person moves the view up.
    if (atEnd) isStuck.current = true
    else if (scrollOffset < lastOffset.current - 2) isStuck.current = false
    lastOffset.current = scrollOffset
    setAtEnd(atEnd)
    if (atEnd) setMissed(0)
    if (placed.current && hasOlder && scrollOffset < NEAR_START) loadOlder()
  }, [view, hasOlder, loadOlder])

  useLayoutEffect(() => {
    const known = before.current
    before.current = lines
    if (lines.length === 0) return
    if (!placed.current) {
      placed.current = true
      const unread = lines.findIndex(({ startsUnread }) => startsUnread)
      if (unread === -1) toEnd()
      else {
        isStuck.current = false
        view.current?.scrollToIndex(unread, { align: 'start', offset: -72 })
      }
      return
    }
    const added = newAtEnd(known, lines)
    if (added.length === 0) return
    const isOwn = added.some(({ message }) => message.id < 0)
    if (isStuck.current || isOwn) toEnd()
    else setMissed((count) => count + added.filter(({ message }) => message.direction === 'in').length)
  }, [lines, toEnd, view])

  // Pictures and fonts settle after the first paint.
  const onResize = useCallback(() => {
    if (isStuck.current) view.current?.scrollToIndex(Number.MAX_SAFE_INTEGER, { align: 'end' })
    look()
  }, [view, look])
  useEffect(look, [look])
  return { isAtEnd, missed, isPrepend, toEnd, onScroll: look, onResize }
}

function newAtEnd(known: readonly Line[], lines: readonly Line[]): Line[] {
  const last = known.at(-1)
  const keys = new Set(known.map(({ key }) => key))
  const fresh: Line[] = []
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = lines[index] as Line
    if (keys.has(line.key)) break
    fresh.push(line)
  }
  return last ? fresh : []
}

/** True in the one render in which lines were put before the first known one. */
function useIsPrepend(lines: readonly Line[]): boolean {
  const first = useRef<string | undefined>(undefined)
  const known = first.current
  const isPrepend = known !== undefined && lines[0]?.key !== known && lines.some(({ key }) => key === known)
  useLayoutEffect(() => {
    first.current = lines[0]?.key
  })
  return isPrepend
}
