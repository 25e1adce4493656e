/** Meta's window: opened on a click, listened to while it lasts. Its code comes back through our own page. */
import { useCallback, useEffect, useState } from 'react'
import type { SignupInvitation } from '@/shared/api/types'

export const SIGNUP_CHANNEL = 'whatsapp-signup'
const FEATURES = 'popup,width=620,height=780'

interface Told {
  waba_id?: string
  phone_number_id?: string
}

export interface SignupAnswer extends Told {
  code: string
  state: string
}

export type SignupEnd =
  | { kind: 'cancelled' }
  | { kind: 'error'; text: string }
  | { kind: 'answered'; answer: SignupAnswer }

/** `onEnd` is called once for each window that was opened. */
export function useSignupWindow(offered: SignupInvitation | undefined, onEnd: (end: SignupEnd) => void) {
  // The one that the window was opened with: a later one has another state.
  const [invitation, setOpened] = useState<SignupInvitation | null>(null)
  useEffect(() => {
    if (!invitation) return
    let told: Told = {}
    const channel = new BroadcastChannel(SIGNUP_CHANNEL)
    const end = (how: SignupEnd) => {
      setOpened(null)
      onEnd(how)
    }
    const listen = (event: MessageEvent) => {
      // Only the window's own host is believed, and only for hints: the code decides.
      if (event.origin !== invitation.origin) return
      const said = read(event.data)
      if (said?.event.startsWith('FINISH')) told = said.data
      if (said?.event === 'ERROR') end({ kind: 'error', text: said.data.error_message ?? '' })
      if (said?.event === 'CANCEL') end({ kind: 'cancelled' })
    }
    channel.onmessage = ({ data }) => {
      const back = new URLSearchParams(String(data))
      if (back.get('state') !== invitation.state) return
      const code = back.get('code')
      if (code) end({ kind: 'answered', answer: { code, state: invitation.state, ...picked(told) } })
      else if (back.get('error') === 'access_denied') end({ kind: 'cancelled' })
      else end({ kind: 'error', text: back.get('error_description') ?? '' })
    }
    window.addEventListener('message', listen)
    return () => {
      window.removeEventListener('message', listen)
      channel.close()
    }
  }, [invitation, onEnd])
  const open = useCallback(() => {
    if (!offered?.url) return false
    const popup = window.open(offered.url, 'whatsapp-signup', FEATURES)
    setOpened(popup && offered)
    return popup !== null
  }, [offered])
  return { isOpen: invitation !== null, open, stop: useCallback(() => setOpened(null), []) }
}

interface Said {
  event: string
  data: Told & { error_message?: string }
}

function read(data: unknown): Said | null {
  if (typeof data !== 'string') return null
  try {
    const said = JSON.parse(data) as { type?: string } & Said
    return said.type === 'WA_EMBEDDED_SIGNUP' && typeof said.event === 'string'
      ? { event: said.event, data: said.data ?? {} }
      : null
  } catch {
    return null
  }
}

function picked({ waba_id, phone_number_id }: Told): Told {
  return {
    ...(waba_id && { waba_id: String(waba_id) }),
    ...(phone_number_id && { phone_number_id: String(phone_number_id) }),
  }
}
