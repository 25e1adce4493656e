/** The socket of this tab and its state, for whoever wants to show it or say something. */
import { create } from 'zustand'
import type { Presence } from '@/shared/api/types'
import type { ClientFrame } from './frames'
import type { RealtimeSocket, SocketState } from './socket'

interface ConnectionState {
  state: SocketState
  retryAt: number | null
  /** When the line was lost; null while it is open. */
  lostAt: number | null
  /** The build that greeted this tab first; a later greeting by another one means that an update waits. */
  ownBuild: string | null
  hasUpdate: boolean
  presence: Record<number, Presence>
}

export const useConnection = create<ConnectionState>(() => ({
  state: 'idle',
  retryAt: null,
  lostAt: null,
  ownBuild: null,
  hasUpdate: false,
  presence: {},
}))

export function setSocketState(state: SocketState, retryAt: number | null): void {
  const { lostAt } = useConnection.getState()
  useConnection.setState({
    state,
    retryAt,
    lostAt: state === 'open' || state === 'idle' ? null : (lostAt ?? Date.now()),
  })
}

let socket: RealtimeSocket | null = null

export function installSocket(instance: RealtimeSocket): void {
  socket = instance
}

/** Says something to the server if the line is open. */
export function say(frame: ClientFrame): void {
  socket?.send(frame)
}

let watched: number | null = null

/** Tells colleagues which ticket is on this screen, and whether its answer has been begun. */
export function watchTicket(ticket: number | null, hasDraft = false): void {
  watched = ticket
  socket?.watch(ticket, hasDraft)
}

/** The ticket that is on this screen now. */
export function watchedTicket(): number | null {
  return watched
}

/** Presence of one colleague, kept current by the socket. */
export function usePresence(user: number | null | undefined): Presence | undefined {
  return useConnection((state) => (user == null ? undefined : state.presence[user]))
}
