/** What can be done with a ticket now, and why the rest cannot: one list for buttons, menu, keyboard and palette. */

import type { ShortcutId } from '@/shared/actions/shortcuts'
import type { Me, Permission, Ticket } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useMe } from '@/shared/session/store'
import { type Icon, IconDone, IconRestore, IconTransfer, IconUnread, IconUserCheck } from '@/shared/ui/icons'

export type TicketVerb = 'accept' | 'transfer' | 'close' | 'reopen' | 'unread'

export interface TicketAction {
  verb: TicketVerb
  label: string
  icon: Icon
  shortcut: ShortcutId
  /** In the menu instead of on a button. */
  isMinor: boolean
  /** Why it cannot be done now; null when it can. */
  refusal: string | null
}

const PERMISSIONS: Record<TicketVerb, Permission> = {
  accept: 'tickets.write',
  transfer: 'tickets.transfer',
  close: 'tickets.close',
  reopen: 'tickets.write',
  unread: 'tickets.read',
}
const ICONS: Record<TicketVerb, Icon> = {
  accept: IconUserCheck,
  transfer: IconTransfer,
  close: IconDone,
  reopen: IconRestore,
  unread: IconUnread,
}
const SHORTCUTS = {
  accept: 'accept',
  transfer: 'transfer',
  close: 'closeTicket',
  reopen: 'reopenTicket',
  unread: 'markUnread',
} as const

export function useTicketActions(ticket: Ticket): TicketAction[] {
  const { t } = useTranslation('inbox')
  const me = useMe()
  return verbsFor(ticket, me.user.id).map((verb) => {
    const refusal = refusalOf(verb, ticket, me)
    return {
      verb,
      label: t(`actions.${verb}`),
      icon: ICONS[verb],
      shortcut: SHORTCUTS[verb],
      isMinor: verb === 'unread',
      refusal: refusal && t(`reasons.${refusal}`),
    }
  })
}

export function verbsFor(ticket: Ticket, me: number): TicketVerb[] {
  if (ticket.status === 'closed') return ['reopen']
  if (ticket.status === 'pending') return ['accept', 'transfer', 'close']
  return ticket.agent?.id === me ? ['transfer', 'close', 'unread'] : ['transfer', 'close']
}

export function refusalOf(
  verb: TicketVerb,
  ticket: Ticket,
  me: Pick<Me, 'permissions' | 'user'>,
): string | null {
  if (!me.permissions.includes(PERMISSIONS[verb])) return 'permission'
  const isForeign = ticket.agent !== null && ticket.agent.id !== me.user.id
  if (isForeign && verb !== 'reopen' && !me.permissions.includes('tickets.see_all')) return 'foreign'
  return null
}
