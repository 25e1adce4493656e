/** A part of a screen that is fetched while the line drops. */
import { act, render, screen } from '@testing-library/react'
import { Suspense } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fetchAhead, fetched, later } from './later'

const part = { Cost: () => <p>R$ 0,35</p> }
const noLine = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'))

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test('is fetched where the browser only believes to have no line', async () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  vi.spyOn(window, 'fetch').mockResolvedValue(new Response('', { status: 200 }))
  expect(await fetched(() => Promise.resolve(part))).toBe(part)
})

test('is shown when the line is back, and leaves what is beside it alone', async () => {
  const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  vi.spyOn(window, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'))
  const load = vi.fn((): Promise<typeof part> => (navigator.onLine ? Promise.resolve(part) : noLine()))
  const Cost = later(load, 'Cost')
  render(
    <>
      <textarea defaultValue="meio escrito" />
      <Suspense>
        <Cost />
      </Suspense>
    </>,
  )
  await act(() => vi.advanceTimersByTimeAsync(60_000))
  expect(load).not.toHaveBeenCalled() // a browser would remember that it failed
  expect(screen.getByRole('textbox')).toHaveProperty('value', 'meio escrito')
  onLine.mockReturnValue(true)
  window.dispatchEvent(new Event('online'))
  await act(() => vi.advanceTimersByTimeAsync(0))
  expect(screen.getByText('R$ 0,35')).toBeDefined()
})

test('is asked for again for a while where only the server is away', async () => {
  const load = vi.fn(noLine).mockRejectedValueOnce(new Error('502')).mockRejectedValueOnce(new Error('502'))
  const ended = expect(fetched(load)).rejects.toThrow('Failed to fetch')
  await vi.advanceTimersByTimeAsync(1_000 + 3_000 + 9_000 + 27_000)
  await ended
  expect(load).toHaveBeenCalledTimes(5)
})

test('has its style sheet asked for again, too', async () => {
  const sheet = document.head.appendChild(document.createElement('link'))
  Object.assign(sheet, { rel: 'stylesheet', href: '/assets/costs.css' })
  const load = vi.fn().mockRejectedValueOnce(new Error('Unable to preload CSS')).mockResolvedValue(part)
  const ended = fetched(load)
  await vi.advanceTimersByTimeAsync(1_000)
  const again = document.querySelector<HTMLLinkElement>('link[href="/assets/costs.css"]')
  expect(again).not.toBe(sheet)
  again?.dispatchEvent(new Event('load'))
  expect(await ended).toBe(part)
  again?.remove()
})

test('is fetched before anybody opens it, one after the other', async () => {
  let arrive: () => void = () => undefined
  const first = vi.fn(() => new Promise<typeof part>((resolve) => (arrive = () => resolve(part))))
  const second = vi.fn(() => Promise.resolve(part))
  fetchAhead()
  later(first, 'Cost')
  later(second, 'Cost') // of a screen that was opened afterwards
  await vi.advanceTimersByTimeAsync(1_000)
  expect(first).toHaveBeenCalledTimes(1)
  expect(second).not.toHaveBeenCalled()
  arrive()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(second).toHaveBeenCalledTimes(1)
})
