import { renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { setMe } from '@/shared/session/store'
import { me } from '../../../../tests/factories'
import { useAnswering, useViewers, useViewersOf, viewersChanged } from './viewers'

beforeEach(() => {
  vi.useFakeTimers()
  setMe(me())
  useViewers.setState({}, true)
})
afterEach(() => vi.useRealTimers())

const answering = (ticket: number) => renderHook(() => useAnswering(ticket)).result.current

test('one sees who else looks and who else answers, never oneself', () => {
  viewersChanged([
    { ticket: 1, users: [1, 2], answering: 2 },
    { ticket: 3, users: [1], answering: 1 },
  ])
  expect(renderHook(() => useViewersOf(1)).result.current).toEqual([2])
  expect(answering(1)).toBe(2)
  expect(answering(3)).toBeNull()
})

test('an answer that nobody renews is not being written any more', () => {
  viewersChanged([{ ticket: 1, users: [2], answering: 2 }])
  vi.advanceTimersByTime(30_000)
  viewersChanged([{ ticket: 1, users: [2], answering: 2 }])
  vi.advanceTimersByTime(30_000)
  expect(answering(1)).toBe(2)
  vi.advanceTimersByTime(20_000)
  expect(answering(1)).toBeNull()
})

test('letting go is heard at once', () => {
  viewersChanged([{ ticket: 1, users: [2], answering: 2 }])
  viewersChanged([{ ticket: 1, users: [2], answering: null }])
  expect(answering(1)).toBeNull()
})
