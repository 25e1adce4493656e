/** Which colleagues have a ticket on their screens, and who of them has begun its answer. */
import { create } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { PushData } from '@/shared/realtime/frames'
import { useSessionStore } from '@/shared/session/store'

interface Looks {
  users: readonly number[]
  answering: number | null
}

/** Whoever answers renews it every twenty seconds; what is older was lost. */
const FADES_AFTER = 45_000

export const useViewers = create<Record<number, Looks>>(() => ({}))

/** Everybody but oneself. */
export function useViewersOf(ticket: number): readonly number[] {
  const me = useSessionStore((state) => state.me?.user.id)
  return useViewers(useShallow((looks) => (looks[ticket]?.users ?? []).filter((id) => id !== me)))
}

/** The colleague who is answering, if it is not oneself. */
export function useAnswering(ticket: number): number | null {
  const me = useSessionStore((state) => state.me?.user.id)
  const id = useViewers((looks) => looks[ticket]?.answering ?? null)
  return id === me ? null : id
}

export function viewersChanged(changes: readonly PushData<'viewers.changed'>[]): void {
  for (const { ticket, users, answering } of changes) {
    const looks = { users, answering }
    useViewers.setState({ [ticket]: looks })
    if (answering !== null) setTimeout(() => fade(ticket, looks), FADES_AFTER)
  }
}

function fade(ticket: number, looks: Looks): void {
  if (useViewers.getState()[ticket] === looks)
    useViewers.setState({ [ticket]: { ...looks, answering: null } })
}
