/**
 * Renews the session: one refresh at a time in this tab and among all tabs of this browser.
 *
 * The refresh cookie rotates with every use and the server ends the whole session when an old one comes
 * back (a stolen cookie looks exactly like that). Two tabs refreshing at once would look like theft, so a
 * browser-wide lock serialises them and the winner hands its new token to the others.
 */
import { type ErrorBody, toApiError } from '@/shared/api/errors'
import type { Session } from '@/shared/api/types'
import { accessToken, adoptSession, currentMe, forgetSession } from './store'

const LOCK = 'helpdesk-refresh'
const CHANNEL = 'helpdesk-session'

type Notice = { kind: 'renewed'; session: Session } | { kind: 'ended' } | { kind: 'company' }
type EndListener = () => void

const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(CHANNEL)
let inFlight: Promise<boolean> | null = null
let onEnded: EndListener = () => {}

/** What to do when the session is over (the app sends the person to the login). */
export function whenSessionEnds(listener: EndListener): void {
  onEnded = listener
}

/** True when there is a fresh token afterwards, false when the person must log in. Throws when offline. */
export function refreshSession(stale: string | null = accessToken()): Promise<boolean> {
  inFlight ??= withLock(() => refreshUnlessDone(stale)).finally(() => {
    inFlight = null
  })
  return inFlight
}

async function refreshUnlessDone(stale: string | null): Promise<boolean> {
  // While we waited for the lock another tab may have renewed the session and told us.
  await new Promise((resolve) => setTimeout(resolve, 0))
  if (accessToken() !== stale && accessToken() !== null) return true
  const response = await globalThis.fetch('/api/auth/refresh/', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'helpdesk' },
    body: '{}',
  })
  if (response.ok) {
    startSession((await response.json()) as Session)
    return true
  }
  const body = (await response.json().catch(() => null)) as ErrorBody | null
  if (response.status === 401 || response.status === 403 || response.status === 400) return false
  throw toApiError(response, body)
}

/** Takes a new session (login, refresh, switch) and shares it with the other tabs. */
export function startSession(session: Session): void {
  adoptSession(session)
  channel?.postMessage({ kind: 'renewed', session } satisfies Notice)
}

/** Ends the session here and in every other tab. */
export function endSession(): void {
  forgetSession()
  channel?.postMessage({ kind: 'ended' } satisfies Notice)
  onEnded()
}

channel?.addEventListener('message', (event: MessageEvent<Notice>) => {
  const notice = event.data
  const me = currentMe()
  if (notice.kind === 'ended') {
    if (!me) return
    forgetSession()
    onEnded()
  } else if (notice.kind === 'renewed') {
    // Another person or company was chosen in another tab: everything on this screen is someone else's.
    if (me && !isSameSession(me, notice.session.me)) location.assign('/')
    else adoptSession(notice.session)
  }
})

function isSameSession(a: Session['me'], b: Session['me']): boolean {
  return a.user.id === b.user.id && a.company?.id === b.company?.id
}

function withLock<T>(work: () => Promise<T>): Promise<T> {
  // Old browsers and the test environment have no lock manager; one tab is then all we can serialise.
  if (typeof navigator === 'undefined' || !navigator.locks) return work()
  return navigator.locks.request(LOCK, work) as Promise<T>
}
