/** The ways to connect a number. Another channel adds a row here and a component. */
import type { ComponentType, LazyExoticComponent } from 'react'
import type { Connection } from '@/shared/api/types'
import { later } from '@/shared/lib/later'
import { type Icon, IconConnection, IconKey, IconLink, IconPhone } from '@/shared/ui/icons'

export interface ConnectProps {
  onClose: () => void
  onSaved: (saved: Connection) => void
}

export interface ConnectKind {
  /** Its words are `kinds.<id>.title` and `kinds.<id>.text`. */
  id: string
  icon: Icon
  /** Offered only where the platform has an app for Meta's window. */
  needsSignup?: boolean
  /** Offered only where the company wants what WhatsApp does not allow. */
  isUnofficial?: boolean
  Component: LazyExoticComponent<ComponentType<ConnectProps>>
}

const Paste = later(() => import('./PasteDrawer'), 'PasteDrawer')
const Signup = later(() => import('./SignupDrawer'), 'SignupDrawer')
const SharedSignup = later(() => import('./SignupDrawer'), 'SharedSignupDrawer')
const Gateway = later(() => import('../gateway/GatewayDrawer'), 'NewGatewayDrawer')

export const CONNECT_KINDS: ConnectKind[] = [
  { id: 'meta', icon: IconConnection, needsSignup: true, Component: Signup },
  { id: 'phone', icon: IconPhone, needsSignup: true, Component: SharedSignup },
  { id: 'paste', icon: IconKey, Component: Paste },
  { id: 'gateway', icon: IconLink, isUnofficial: true, Component: Gateway },
]
