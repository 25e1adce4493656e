/** The socket notices what it lost and asks for it again. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Push } from './frames'
import { RealtimeSocket, type SocketOptions } from './socket'

/** Stands in for the browser's WebSocket; the test is the server. */
class Line {
  static readonly OPEN = 1
  readyState = 0
  said: Record<string, unknown>[] = []
  closedWith: number | undefined
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  private seq = 0

  open(): void {
    this.readyState = 1
    this.onopen?.()
    this.tell('hello', { replay: 'none', build: '1', presence: {} })
  }

  tell(type: string, data: unknown = {}, id: string | null = null, seq = this.seq): void {
    this.onmessage?.({ data: JSON.stringify({ v: 1, seq, id, type, at: '', data }) })
    this.seq = seq + 1
  }

  hangUp(code: number): void {
    this.readyState = 3
    this.onclose?.({ code })
  }

  send(text: string): void {
    this.said.push(JSON.parse(text))
  }

  close(code?: number): void {
    this.readyState = 3
    this.closedWith = code
  }
}

let lines: Line[]
let pushed: Push[]

function connect(options: Partial<SocketOptions> = {}): RealtimeSocket {
  const socket = new RealtimeSocket({
    url: () => 'ws://test/ws/',
    token: () => 'token',
    refresh: async () => true,
    onPush: (push) => pushed.push(push),
    onState: () => {},
    onEnded: () => {},
    create: () => {
      const line = new Line()
      lines.push(line)
      return line as unknown as WebSocket
    },
    ...options,
  })
  socket.start()
  return socket
}

const last = () => lines.at(-1) as Line

beforeEach(() => {
  lines = []
  pushed = []
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', { OPEN: 1 })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('the first frame names the token and no position', () => {
  connect()
  last().open()
  expect(last().said[0]).toEqual({ type: 'connect', token: 'token', after: null })
})

test('a lost frame reconnects at once and asks for what came after the last event', () => {
  connect()
  last().open()
  last().tell('queue.updated', { id: 1 }, '7-1')
  last().tell('queue.updated', { id: 2 }, '7-3', 5)
  expect(lines[0]?.closedWith).toBe(4001)
  expect(pushed.map(({ type }) => type)).toEqual(['hello', 'queue.updated'])
  vi.advanceTimersByTime(1)
  last().open()
  expect(lines).toHaveLength(2)
  expect(last().said[0]).toMatchObject({ after: '7-1' })
})

test('signals do not move the position', () => {
  connect()
  last().open()
  last().tell('queue.updated', {}, '7-1')
  last().tell('presence.changed', {}, null)
  last().hangUp(1006)
  vi.advanceTimersByTime(1_000)
  last().open()
  expect(last().said[0]).toMatchObject({ after: '7-1' })
})

test('silence after a ping is a dead line', () => {
  connect()
  last().open()
  vi.advanceTimersByTime(25_000)
  expect(last().said.at(-1)).toEqual({ type: 'ping' })
  vi.advanceTimersByTime(10_000)
  expect(lines[0]?.closedWith).toBe(4001)
  vi.advanceTimersByTime(1_000)
  expect(lines).toHaveLength(2)
})

test('a refused token is renewed before the next attempt', async () => {
  const refresh = vi.fn(async () => true)
  connect({ refresh })
  last().hangUp(4401)
  await vi.advanceTimersByTimeAsync(1)
  expect(refresh).toHaveBeenCalledOnce()
  expect(lines).toHaveLength(2)
})

test('when the token cannot be renewed the session is over', async () => {
  const onEnded = vi.fn()
  connect({ refresh: async () => false, onEnded })
  last().hangUp(4401)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(onEnded).toHaveBeenCalledOnce()
  expect(lines).toHaveLength(1)
})

test('a blocked company is not knocked at again', () => {
  connect()
  last().hangUp(4403)
  vi.advanceTimersByTime(120_000)
  expect(lines).toHaveLength(1)
})

test('attempts back off, and a good line starts the count anew', () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
  connect()
  for (const wait of [500, 1_000, 2_000]) {
    last().hangUp(1006)
    vi.advanceTimersByTime(wait - 1)
    const before = lines.length
    vi.advanceTimersByTime(1)
    expect(lines).toHaveLength(before + 1)
  }
  last().open()
  last().hangUp(1006)
  vi.advanceTimersByTime(500)
  expect(lines).toHaveLength(5)
})

test('the watched ticket is named again after a reconnect', () => {
  const socket = connect()
  last().open()
  socket.watch(9)
  last().hangUp(1006)
  vi.advanceTimersByTime(1_000)
  last().open()
  expect(last().said.at(-1)).toEqual({ type: 'watch', ticket: 9 })
})

test('after stop nothing is heard and nothing is tried', () => {
  const socket = connect()
  last().open()
  socket.stop()
  vi.advanceTimersByTime(120_000)
  expect(lines).toHaveLength(1)
  expect(lines[0]?.closedWith).toBe(1000)
})
