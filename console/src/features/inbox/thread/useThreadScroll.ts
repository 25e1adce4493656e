/**
 * Where the thread stands: it opens at the first unread message or at the end, stays at the end while one is
 * there, keeps its place while lines come in above and pictures settle, and counts what arrived out of sight.
 */
import {
  type RefObject,
  startTransition,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { afterPaint } from '@/shared/lib/afterPaint'
import type { Line } from './rows'
import { endSpan, grown, MOST, openingSpan, placesOf, type Span, spanAround } from './span'
import { useAnchor } from './useAnchor'

const NEAR_END = 48
const NEAR_EDGE = 900
/** The day and the line before it stay in sight above the first unread message. */
const ABOVE_UNREAD = 72

interface ThreadScrollOptions {
  frame: RefObject<HTMLDivElement | null>
  /** Has one element for each line on the page. */
  list: RefObject<HTMLDivElement | null>
  lines: readonly Line[]
  hasOlder: boolean
  loadOlder: () => void
}

export function useThreadScroll({ frame, list, lines, hasOlder, loadOlder }: ThreadScrollOptions) {
  const [isAtEnd, setAtEnd] = useState(true)
  const [missed, setMissed] = useState(0)
  const [span, setSpan] = useState<Span | null>(null)
  if (!span && lines.length > 0) setSpan(openingSpan(lines))
  const [start, end] = placesOf(lines, span)
  const isStuck = useRef(true)
  const lastOffset = useRef(0)
  const anchor = useAnchor(frame, list)
  const before = useRef<readonly Line[]>(lines)
  const isPlaced = useRef(false)

  const hold = useCallback(() => {
    const box = frame.current
    if (!box) return
    if (isStuck.current) box.scrollTop = box.scrollHeight
    else anchor.hold()
    lastOffset.current = box.scrollTop
  }, [frame, anchor])

  const look = useCallback(() => {
    const box = frame.current
    if (!box || !isPlaced.current) return
    const { scrollTop, scrollHeight, clientHeight } = box
    const below = scrollHeight - scrollTop - clientHeight
    const isWhole = end === lines.length
    const atEnd = isWhole && below < NEAR_END
    // Growing content moves the end away; only a person moves the view up.
    if (atEnd) isStuck.current = true
    else if (scrollTop < lastOffset.current - 2) isStuck.current = false
    lastOffset.current = scrollTop
    anchor.remember()
    setAtEnd(atEnd)
    if (atEnd) setMissed(0)
    const grow = (side: 'older' | 'newer') =>
      startTransition(() => setSpan((now) => now && grown(lines, now, side)))
    if (scrollTop < NEAR_EDGE && start > 0) grow('older')
    else if (scrollTop < NEAR_EDGE && hasOlder) loadOlder()
    else if (below < NEAR_EDGE && (!isWhole || end - start > MOST)) grow('newer')
  }, [frame, anchor, lines, start, end, hasOlder, loadOlder])

  const toEnd = useCallback(() => {
    isStuck.current = true
    setMissed(0)
    setSpan((now) => (now?.last === null ? now : endSpan(lines)))
    hold()
  }, [hold, lines])

  /** Puts a line into the middle of the view; false while it has to come onto the page first. */
  const show = useCallback(
    (place: number): boolean => {
      const element = list.current?.children[place - start]
      const box = frame.current
      if (!box || !element || place < start || place >= end) {
        setSpan(spanAround(lines, place))
        return false
      }
      const { top, height } = element.getBoundingClientRect()
      isStuck.current = false
      box.scrollTop += top - box.getBoundingClientRect().top - (box.clientHeight - height) / 2
      anchor.remember()
      return true
    },
    [frame, list, lines, start, end, anchor],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when other lines are on the page
  useLayoutEffect(() => {
    const known = before.current
    before.current = lines
    if (lines.length === 0) return
    if (!isPlaced.current) {
      isPlaced.current = true
      const unread = lines.findIndex(({ startsUnread }) => startsUnread)
      const element = list.current?.children[unread - start]
      if (unread !== -1 && element && frame.current) {
        isStuck.current = false
        const { top } = element.getBoundingClientRect()
        frame.current.scrollTop += top - frame.current.getBoundingClientRect().top - ABOVE_UNREAD
        anchor.remember()
        return
      }
    }
    const added = newAtEnd(known, lines)
    if (added.some(({ message }) => message.id < 0)) toEnd()
    else if (!isStuck.current && added.length > 0)
      setMissed((count) => count + added.filter(({ message }) => message.direction === 'in').length)
    hold()
  }, [lines, start, end])

  // What is out of sight comes once the first lines were painted.
  useEffect(() => afterPaint(look), [look])
  const latest = useRef({ hold, look })
  latest.current = { hold, look }
  useEffect(() => {
    const watcher = new ResizeObserver(() => {
      latest.current.hold()
      latest.current.look()
    })
    for (const { current } of [frame, list]) if (current) watcher.observe(current)
    return () => watcher.disconnect()
  }, [frame, list])
  return { isAtEnd, missed, toEnd, show, onScroll: look, start, end }
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
