/**
 * One WebSocket per tab: connects, notices loss, resumes.
 *
 * It knows nothing of tickets. Frames that arrived go to `onPush`; the position of the last event is kept, so
 * that a new connection asks for what was missed. Only the socket moves that position, never a REST answer.
 */
import { backoff } from './backoff'
import { CLOSE, type ClientFrame, type Frame, type Push } from './frames'

export type SocketState = 'idle' | 'connecting' | 'open' | 'waiting' | 'blocked'

export interface SocketOptions {
  url: () => string
  token: () => string | null
  /** Makes the token fresh; false means the person must log in again. */
  refresh: () => Promise<boolean>
  onPush: (push: Push) => void
  onState: (state: SocketState, retryAt: number | null) => void
  /** The session is over. */
  onEnded: () => void
  create?: (url: string) => WebSocket
}

const PING_EVERY = 25_000
const PONG_WITHIN = 10_000
const CONNECT_WITHIN = 10_000

export class RealtimeSocket {
  private readonly options: SocketOptions
  private socket: WebSocket | null = null
  private expected = 0
  private lastId: string | null = null
  private attempts = 0
  private stopped = true
  private retryTimer: ReturnType<typeof setTimeout> | undefined
  private pingTimer: ReturnType<typeof setInterval> | undefined
  private deadline: ReturnType<typeof setTimeout> | undefined
  private watched: number | null = null

  constructor(options: SocketOptions) {
    this.options = options
  }

  start(): void {
    if (!this.stopped) return
    this.stopped = false
    this.open()
  }

  /** Closes for good and forgets the position; used at logout and company switch. */
  stop(): void {
    this.stopped = true
    this.lastId = null
    this.attempts = 0
    this.watched = null
    this.drop(1000)
    this.options.onState('idle', null)
  }

  /** Tries again at once: the network came back or the tab became visible. */
  nudge(): void {
    if (this.stopped || this.socket) return
    this.open()
  }

  /** Says something if the line is open; what is said is never worth keeping for later. */
  send(frame: ClientFrame): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame))
  }

  /** Tells colleagues which ticket is on screen; repeated by itself after a reconnect. */
  watch(ticket: number | null, draft = false): void {
    this.watched = ticket
    this.send({ type: 'watch', ticket, ...(draft && { draft }) })
  }

  /** Hands a renewed access token to the open line. */
  renew(token: string): void {
    this.send({ type: 'renew', token })
  }

  private open(): void {
    clearTimeout(this.retryTimer)
    const token = this.options.token()
    if (!token) {
      void this.refreshThenOpen()
      return
    }
    this.options.onState('connecting', null)
    const socket = (this.options.create ?? ((url) => new WebSocket(url)))(this.options.url())
    this.socket = socket
    this.expected = 0
    socket.onopen = () => this.send({ type: 'connect', token, after: this.lastId })
    socket.onmessage = (event) => this.receive(socket, String(event.data))
    socket.onclose = (event) => this.closed(socket, event.code)
    this.expectWithin(CONNECT_WITHIN)
  }

  private receive(socket: WebSocket, text: string): void {
    if (socket !== this.socket) return
    const frame = JSON.parse(text) as Frame
    if (frame.seq !== this.expected) {
      this.drop(CLOSE.gap)
      this.retry(0)
      return
    }
    this.expected += 1
    clearTimeout(this.deadline)
    if (frame.id !== null) this.lastId = frame.id
    if (frame.type === 'pong') return
    const push = { type: frame.type, data: frame.data } as Push
    if (push.type === 'hello') this.opened()
    this.options.onPush(push)
    if (push.type === 'session.ended') this.options.onEnded()
  }

  private opened(): void {
    this.attempts = 0
    this.options.onState('open', null)
    clearInterval(this.pingTimer)
    this.pingTimer = setInterval(() => {
      this.send({ type: 'ping' })
      this.expectWithin(PONG_WITHIN)
    }, PING_EVERY)
    if (this.watched !== null) this.send({ type: 'watch', ticket: this.watched })
  }

  private closed(socket: WebSocket, code: number): void {
    if (socket !== this.socket) return
    this.drop()
    if (this.stopped) return
    if (code === CLOSE.companyBlocked) {
      this.stopped = true
      this.options.onState('blocked', null)
    } else if (code === CLOSE.notAuthenticated) void this.refreshThenOpen()
    else this.retry(backoff(this.attempts++))
  }

  private async refreshThenOpen(): Promise<void> {
    try {
      const signedIn = await this.options.refresh()
      if (this.stopped) return
      if (!signedIn) {
        this.stop()
        this.options.onEnded()
        return
      }
      // A server that refuses fresh tokens must not be hammered: the first retry is quick, then it backs off.
      this.retry(this.attempts === 0 ? 0 : backoff(this.attempts))
      this.attempts += 1
    } catch {
      if (!this.stopped) this.retry(backoff(this.attempts++))
    }
  }

  private retry(delay: number): void {
    clearTimeout(this.retryTimer)
    this.options.onState('waiting', Date.now() + delay)
    this.retryTimer = setTimeout(() => this.open(), delay)
  }

  /** Silence past the deadline means a dead line that the browser has not noticed yet. */
  private expectWithin(ms: number): void {
    clearTimeout(this.deadline)
    this.deadline = setTimeout(() => {
      this.drop(CLOSE.gap)
      if (!this.stopped) this.retry(backoff(this.attempts++))
    }, ms)
  }

  private drop(code?: number): void {
    clearTimeout(this.retryTimer)
    clearTimeout(this.deadline)
    clearInterval(this.pingTimer)
    const socket = this.socket
    this.socket = null
    if (!socket) return
    socket.onopen = socket.onmessage = socket.onclose = null
    if (socket.readyState <= WebSocket.OPEN) socket.close(code)
  }
}
