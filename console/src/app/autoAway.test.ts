import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Presence } from '@/shared/api/types'
import { watchForSilence } from './autoAway'

let presence: Presence
let said: string[]
let stop: () => void

beforeEach(() => {
  vi.useFakeTimers()
  presence = 'online'
  said = []
  stop = watchForSilence({
    presence: () => presence,
    say: (next) => {
      said.push(next)
      presence = next
    },
  })
})

afterEach(() => {
  stop()
  vi.useRealTimers()
})

const touch = () => window.dispatchEvent(new Event('keydown'))
const wait = (minutes: number) => vi.advanceTimersByTime(minutes * 60_000)

test('ten silent minutes make one away, and the first key brings one back', () => {
  wait(9)
  expect(said).toEqual([])
  wait(2)
  expect(said).toEqual(['away'])
  touch()
  expect(said).toEqual(['away', 'online'])
})

test('whoever keeps working stays online', () => {
  for (let minute = 0; minute < 30; minute += 5) {
    wait(5)
    touch()
  }
  expect(said).toEqual([])
})

test('away by choice is not undone by a key, and busy is left alone', () => {
  presence = 'away'
  wait(20)
  touch()
  presence = 'busy'
  wait(20)
  touch()
  expect(said).toEqual([])
})
