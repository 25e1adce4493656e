/** What may still be changed of a message that the customer has: as long as a phone would let one. */
import type { Message } from '@/shared/api/types'

const CORRECTABLE = 15 * 60_000
const REMOVABLE = 48 * 3_600_000
const THERE: readonly Message['state'][] = ['accepted', 'sent', 'delivered', 'read', 'played']

/** How far a change is; nothing any more once it is done. */
export interface Change {
  kind: 'correction' | 'removal'
  state: 'queued' | 'failed'
  body: string
  error: { code: string; detail: string } | null
}

export function changeOf({ content, removed_at }: Message): Change | null {
  return removed_at ? null : ((content.change as Change | undefined) ?? null)
}

export function changesOf(message: Message, me: number, mayRemoveAny: boolean, now = Date.now()) {
  const { direction, state, removed_at, author, kind, at } = message
  const age = now - Date.parse(at)
  const isMine = author?.id === me
  const isThere = direction === 'out' && THERE.includes(state) && !removed_at
  return {
    correct: isThere && isMine && kind === 'text' && age < CORRECTABLE,
    remove: isThere && (isMine || mayRemoveAny) && age < REMOVABLE,
  }
}
