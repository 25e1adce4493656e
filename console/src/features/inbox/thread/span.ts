/** Which lines of a thread are on the page: those around what is looked at, however long the conversation is. */
import type { Line } from './rows'

/** Its ends are named by their lines, so they stay where they are while others come in above and below. */
export interface Span {
  first: string
  /** null: down to the newest line, whatever comes. */
  last: string | null
}

/** Of the window's height; the shortest lines are not as high as that, but the thread is lower than the window. */
const SHORTEST = 40
const ABOVE = 4
const STEP = 20
/** Beyond this many the page lets go of what is far away. */
export const MOST = 240

/** The end of the thread, or where the unread lines begin. */
export function openingSpan(lines: readonly Line[], height = window.innerHeight): Span | null {
  const unread = lines.findIndex(({ startsUnread }) => startsUnread)
  const isInEnd = unread === -1 || unread - ABOVE >= lines.length - inSight(height)
  if (isInEnd) return endSpan(lines, height)
  return spanOf(lines, unread - ABOVE, unread + inSight(height))
}

export function endSpan(lines: readonly Line[], height = window.innerHeight): Span | null {
  return spanOf(lines, lines.length - inSight(height), lines.length)
}

export function spanAround(lines: readonly Line[], place: number, height = window.innerHeight): Span | null {
  return spanOf(lines, place - inSight(height), place + inSight(height))
}

/** Where the span begins and ends (exclusive) in these lines; a line that is gone leaves the newest ones. */
export function placesOf(lines: readonly Line[], span: Span | null): [start: number, end: number] {
  if (!span) return [0, 0]
  const first = lines.findIndex(({ key }) => key === span.first)
  const last = span.last === null ? -1 : lines.findIndex(({ key }) => key === span.last)
  const end = last === -1 ? lines.length : last + 1
  return [first === -1 || first >= end ? Math.max(0, end - STEP) : first, end]
}

/** More lines on one side; of what lies far away on the other, the page lets go. */
export function grown(lines: readonly Line[], span: Span, side: 'older' | 'newer'): Span {
  const [start, end] = placesOf(lines, span)
  const next =
    side === 'older'
      ? spanOf(lines, start - STEP, Math.min(end, start - STEP + MOST))
      : spanOf(lines, Math.max(start, end + STEP - MOST), end + STEP)
  return next ?? span
}

function inSight(height: number): number {
  return Math.ceil(height / SHORTEST)
}

function spanOf(lines: readonly Line[], start: number, end: number): Span | null {
  const first = lines[Math.max(0, start)]
  const last = end >= lines.length ? null : lines[end - 1]
  return first ? { first: first.key, last: last?.key ?? null } : null
}
