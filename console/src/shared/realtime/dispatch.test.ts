/** Fifty events are one write. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Dispatcher, type HandlerMap } from './dispatch'
import type { Push } from './frames'
import { patchRows, upsertRows } from './rows'

const typing = (ticket: number): Push => ({
  type: 'typing.changed',
  data: { ticket, user: null, contact: true, is_typing: true },
})

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('events of fifty milliseconds reach a handler together and in order', () => {
  const handler = vi.fn()
  const dispatcher = new Dispatcher({ 'typing.changed': [handler] } as unknown as HandlerMap)
  for (let ticket = 1; ticket <= 50; ticket += 1) dispatcher.push(typing(ticket))
  expect(handler).not.toHaveBeenCalled()
  vi.advanceTimersByTime(50)
  expect(handler).toHaveBeenCalledOnce()
  expect(handler.mock.calls[0]?.[0].map((row: { ticket: number }) => row.ticket)).toEqual(
    Array.from({ length: 50 }, (_, index) => index + 1),
  )
})

test('one broken handler does not cost the others their events', () => {
  const reported = vi.fn()
  vi.stubGlobal('reportError', reported)
  const handler = vi.fn()
  const broken = () => {
    throw new Error('broken')
  }
  const dispatcher = new Dispatcher({ 'typing.changed': [broken, handler] } as unknown as HandlerMap)
  dispatcher.push(typing(1))
  vi.advanceTimersByTime(50)
  expect(handler).toHaveBeenCalledOnce()
  expect(reported).toHaveBeenCalledOnce()
})

test('a type from a newer server is left alone', () => {
  const dispatcher = new Dispatcher({} as HandlerMap)
  dispatcher.push({ type: 'invoice.paid', data: {} } as unknown as Push)
  expect(() => dispatcher.flush()).not.toThrow()
})

test('rows end the same in whatever order they arrive', () => {
  const versions = [1, 2, 3].map((version) => ({ id: 1, version }))
  const orders = [versions, versions.toReversed(), [versions[1], versions[2], versions[0], versions[2]]]
  for (const order of orders) {
    const rows = order.reduce<{ id: number; version: number }[]>(
      (known, row) => upsertRows(known, row ? [row] : []),
      [],
    )
    expect(rows).toEqual([{ id: 1, version: 3 }])
  }
})

test('patching a list never makes it longer', () => {
  expect(
    patchRows(
      [{ id: 1, version: 1 }],
      [
        { id: 1, version: 2 },
        { id: 2, version: 1 },
      ],
    ),
  ).toEqual([{ id: 1, version: 2 }])
})
