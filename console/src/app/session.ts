/** What happens around the session: restored at start, realtime while it lasts, login when it is over. */
import { api } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import { switchLanguage } from '@/shared/i18n'
import { endSession, refreshSession, whenSessionEnds } from '@/shared/session/refresh'
import { currentMe, useSessionStore } from '@/shared/session/store'
import { startRealtime, stopRealtime } from './realtime'

let goToLogin: () => void = () => location.assign('/login')

/** The router tells how to get to the login without loading the page again. */
export function setLoginRoute(go: () => void): void {
  goToLogin = go
}

/** Asks for a session with the cookie from last time. Being offline or signed out are both fine here. */
export async function restoreSession(): Promise<void> {
  watchSession()
  try {
    await refreshSession(null)
  } catch {
    // The login screen shows, and says that the server cannot be reached when someone tries.
  }
}

function watchSession(): void {
  whenSessionEnds(() => {
    stopRealtime()
    queryClient.clear()
    goToLogin()
  })
  useSessionStore.subscribe(({ me }, { me: before }) => {
    if (!me) return
    void switchLanguage(me.user.language)
    const isOther = me.user.id !== before?.user.id || me.company?.id !== before?.company?.id
    if (!isOther) return
    if (before) queryClient.clear()
    stopRealtime()
    if (me.company) startRealtime()
  })
}

export function isSignedIn(): boolean {
  return currentMe() !== null
}

/** Signs out here and in every tab, whether or not the server can be told. */
export async function signOut(): Promise<void> {
  try {
    await api.POST('/api/auth/logout/')
  } finally {
    endSession()
  }
}
