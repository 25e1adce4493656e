/** Who is typing in which ticket. A sign fades by itself when its end is lost. */
import { create } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { api } from '@/shared/api/client'
import type { PushData } from '@/shared/realtime/frames'
import { currentMe } from '@/shared/session/store'

const FADES_AFTER = 8_000
const SAY_EVERY = 4_000

interface Typist {
  ticket: number
  /** null is the customer. */
  name: string | null
  until: number
}

export const useTypists = create<Record<string, Typist>>(() => ({}))

/** Names of colleagues who write in this ticket, and whether the customer does. */
export function useTyping(ticket: number): { isContact: boolean; names: string[] } {
  const keys = useTypists(
    useShallow((typists) =>
      Object.values(typists)
        .filter((one) => one.ticket === ticket)
        .map(({ name }) => name ?? ''),
    ),
  )
  return { isContact: keys.includes(''), names: keys.filter(Boolean) }
}

export function typingChanged(changes: readonly PushData<'typing.changed'>[]): void {
  const next = { ...useTypists.getState() }
  for (const { ticket, user, contact, is_typing } of changes) {
    if (user && user.id === currentMe()?.user.id) continue
    const key = `${ticket}:${contact ? 'contact' : (user?.id ?? '')}`
    if (is_typing)
      next[key] = { ticket, name: contact ? null : (user?.name ?? ''), until: Date.now() + FADES_AFTER }
    else delete next[key]
  }
  useTypists.setState(next, true)
  setTimeout(fade, FADES_AFTER + 100)
}

function fade(): void {
  const typists = useTypists.getState()
  const alive = Object.entries(typists).filter(([, { until }]) => until > Date.now())
  if (alive.length < Object.keys(typists).length) useTypists.setState(Object.fromEntries(alive), true)
}

let saidAt = 0
let saidFor = 0

/** From now on the colleague who was answering is asked before sending, and we are not. */
export function takeOver(ticket: number): void {
  saidAt = Date.now()
  saidFor = ticket
  api
    .POST('/api/tickets/{id}/typing/', { params: { path: { id: ticket } }, body: { takes_over: true } })
    .catch(() => {})
}

/** Tells the others, and the customer's phone, that we are writing. */
export function sayTyping(ticket: number, isTyping: boolean, isNote = false): void {
  const isRecent = saidFor === ticket && Date.now() - saidAt < SAY_EVERY
  if (isTyping ? isRecent : saidFor !== ticket) return
  saidAt = Date.now()
  saidFor = isTyping ? ticket : 0
  // Nobody misses a typing sign that did not arrive.
  api
    .POST('/api/tickets/{id}/typing/', {
      params: { path: { id: ticket } },
      body: { is_typing: isTyping, is_note: isNote },
    })
    .catch(() => {})
}
