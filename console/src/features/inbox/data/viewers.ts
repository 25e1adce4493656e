/** Which colleagues have a ticket on their screens. */
import { create } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { PushData } from '@/shared/realtime/frames'
import { useSessionStore } from '@/shared/session/store'

export const useViewers = create<Record<number, readonly number[]>>(() => ({}))

/** Everybody but oneself. */
export function useViewersOf(ticket: number): readonly number[] {
  const me = useSessionStore((state) => state.me?.user.id)
  return useViewers(useShallow((viewers) => (viewers[ticket] ?? []).filter((id) => id !== me)))
}

export function viewersChanged(changes: readonly PushData<'viewers.changed'>[]): void {
  useViewers.setState(Object.fromEntries(changes.map(({ ticket, users }) => [ticket, users])))
}
