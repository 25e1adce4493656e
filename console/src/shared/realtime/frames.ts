/** The words of the socket: what the server sends and what we may say. */
import type { ConsoleEvent, Presence, RowEvent } from '@/shared/api/types'
import type { CopilotDelta, CopilotDone } from './copilot'

export interface Hello {
  replay: 'none' | 'complete' | 'resync'
  build: string
  presence: Record<string, Presence>
}

/** Passing facts without a row: never replayed, never stored. */
export type ConsoleSignal =
  | {
      type: 'typing.changed'
      data: {
        ticket: number
        user: { id: number; name: string } | null
        contact: boolean
        is_typing: boolean
      }
    }
  | { type: 'viewers.changed'; data: { ticket: number; users: number[]; answering: number | null } }
  | { type: 'pins.changed'; data: { tickets: number[] } }
  | { type: 'copilot.delta'; data: CopilotDelta }
  | { type: 'copilot.done'; data: CopilotDone }
  | { type: 'knowledge_index.changed'; data: { total: number; done: number } }
  | { type: 'notifications.changed'; data: { unread: number } }
  | { type: 'presence.changed'; data: { user: number; presence: Presence; last_seen_at: string | null } }
  | { type: 'session.changed'; data: Record<string, never> }
  | { type: 'session.ended'; data: Record<string, never> }
  | { type: 'error'; data: { code: string; detail: string } }

/** Whatever reaches the handlers. `resync` says that replay was impossible: what is on screen must be read again. */
export type Push =
  | { [T in RowEvent['type']]: { type: T; data: Extract<RowEvent, { type: T }>['data'] } }[RowEvent['type']]
  | ConsoleSignal
  | { type: 'hello'; data: Hello }
  | { type: 'resync'; data: Record<string, never> }

export type PushType = Push['type']
export type PushData<T extends PushType> = Extract<Push, { type: T }>['data']

/** What the schema declares and this file forgot; anything but `never` does not compile. */
type Forgotten = Exclude<ConsoleEvent['type'], PushType | 'pong'>
type Nothing<T extends never> = T
export type EverySignalIsKnown = Nothing<Forgotten>

export interface Frame {
  v: number
  /** Counts the frames of one connection from 0, so a lost frame shows. */
  seq: number
  /** Position in the company's stream; null for signals. */
  id: string | null
  type: PushType | 'pong'
  at: string
  data: unknown
}

export type ClientFrame =
  | { type: 'connect'; token: string; after: string | null }
  | { type: 'renew'; token: string }
  | { type: 'ping' }
  | { type: 'typing'; ticket: number; is_typing: boolean }
  | { type: 'presence'; presence: 'online' | 'busy' | 'away' }
  | { type: 'watch'; ticket: number | null; draft?: boolean }

export const CLOSE = {
  notAuthenticated: 4401,
  companyBlocked: 4403,
  noConnectFrame: 4408,
  tooMany: 4429,
  overload: 1013,
  /** Ours: a frame was lost, reconnect and ask for what came after the last one we have. */
  gap: 4001,
} as const
