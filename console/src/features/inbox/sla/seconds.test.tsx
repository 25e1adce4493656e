import { act, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useEachSecond } from './seconds'

let drawn = 0

function Minutes({ due }: { due: number }) {
  drawn += 1
  return <p>{useEachSecond((now) => `${Math.ceil((due - now) / 60_000)} min`)}</p>
}

const pass = (seconds: number) => act(() => vi.advanceTimersByTime(seconds * 1_000))

beforeEach(() => {
  drawn = 0
  vi.useFakeTimers({ now: Date.parse('2026-03-10T12:00:00Z') })
})
afterEach(() => vi.useRealTimers())

test('a countdown is drawn again only when its words change', () => {
  render(<Minutes due={Date.now() + 5 * 60_000} />)
  pass(59)
  expect([screen.getByText('5 min') && drawn]).toEqual([1])
  pass(1)
  expect([screen.getByText('4 min') && drawn]).toEqual([2])
})

test('one clock serves all, and stops with the last of them', () => {
  const due = Date.now() + 60_000
  const { unmount } = render([1, 2, 3].map((key) => <Minutes key={key} due={due} />))
  expect(vi.getTimerCount()).toBe(1)
  unmount()
  expect(vi.getTimerCount()).toBe(0)
})
