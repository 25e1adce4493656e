/** Which lines of a long thread are on the page. */
import { describe, expect, it } from 'vitest'
import type { Line } from '@/features/inbox/thread/rows'
import { toLines } from '@/features/inbox/thread/rows'
import { endSpan, grown, MOST, openingSpan, placesOf, spanAround } from '@/features/inbox/thread/span'
import { message } from './message'

const HEIGHT = 800 // twenty lines

function thread(count: number, unread: number | null = null, from = 1): Line[] {
  const messages = Array.from({ length: count }, (_, index) => message({ id: from + index }))
  return toLines(messages, unread)
}

describe('the lines on the page', () => {
  it('are the last ones of a thread without unread messages', () => {
    expect(placesOf(thread(50), openingSpan(thread(50), HEIGHT))).toEqual([30, 50])
  })

  it('are all of a short thread', () => {
    expect(placesOf(thread(3), openingSpan(thread(3), HEIGHT))).toEqual([0, 3])
  })

  it('begin a little above the first unread message', () => {
    const lines = thread(50, 11)
    expect(placesOf(lines, openingSpan(lines, HEIGHT))).toEqual([6, 30])
  })

  it('stay the same ones when older and newer messages come in', () => {
    const span = spanAround(thread(60, null, 101), 30, HEIGHT)
    expect(placesOf(thread(60, null, 101), span)).toEqual([10, 50])
    expect(placesOf(thread(170, null, 1), span)).toEqual([110, 150])
  })

  it('include what is written now where the end is shown', () => {
    const span = endSpan(thread(50), HEIGHT)
    expect(placesOf(thread(52), span)).toEqual([30, 52])
  })

  it('grow on either side and are never too many', () => {
    const lines = thread(400)
    let span = endSpan(lines, HEIGHT)
    for (let step = 0; step < 15 && span; step += 1) span = grown(lines, span, 'older')
    const [start, end] = placesOf(lines, span)
    expect(start).toBe(80)
    expect(end - start).toBe(MOST)
    for (let step = 0; step < 15 && span; step += 1) span = grown(lines, span, 'newer')
    expect(placesOf(lines, span)[1]).toBe(400)
  })

  it('are the newest ones when the line they began with is gone', () => {
    expect(placesOf(thread(50), { first: 'gone', last: null })).toEqual([30, 50])
  })
})
