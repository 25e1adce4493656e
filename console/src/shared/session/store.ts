/** Who is signed in. The access token lives here, in memory only; the refresh token is a cookie we cannot read. */
import { create } from 'zustand'
import type { Me, Permission, Session } from '@/shared/api/types'

interface SessionState {
  access: string | null
  expiresAt: number
  me: Me | null
}

export const useSessionStore = create<SessionState>(() => ({ access: null, expiresAt: 0, me: null }))

export function adoptSession(session: Session): void {
  const expiresAt = Date.now() + session.expires_in * 1000
  useSessionStore.setState({ access: session.access, expiresAt, me: session.me })
}

export function forgetSession(): void {
  useSessionStore.setState({ access: null, expiresAt: 0, me: null })
}

export function setMe(me: Me): void {
  useSessionStore.setState({ me })
}

export function accessToken(): string | null {
  return useSessionStore.getState().access
}

export function currentMe(): Me | null {
  return useSessionStore.getState().me
}

let lastMe: Me | null = null

/** The signed-in person. Only for screens behind the login; they see the last one until they are gone. */
export function useMe(): Me {
  const me = useSessionStore((state) => {
    lastMe = state.me ?? lastMe
    return lastMe
  })
  if (!me) throw new Error('useMe() was called on a screen without login')
  return me
}

export function useCan(permission: Permission): boolean {
  return useSessionStore((state) => state.me?.permissions.includes(permission) ?? false)
}

export function can(permission: Permission): boolean {
  return currentMe()?.permissions.includes(permission) ?? false
}
