/** Which quick replies were used last in this browser. */
import { currentMe } from '@/shared/session/store'

const MOST = 12

export function recentReplies(): number[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf()) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'number') : []
  } catch {
    return []
  }
}

export function rememberReply(id: number): void {
  try {
    const others = recentReplies().filter((one) => one !== id)
    localStorage.setItem(keyOf(), JSON.stringify([id, ...others].slice(0, MOST)))
  } catch {
    // A full disk must not stop anybody from answering.
  }
}

function keyOf(): string {
  const me = currentMe()
  return `helpdesk.replies.${me?.company?.id}.${me?.user.id}`
}
