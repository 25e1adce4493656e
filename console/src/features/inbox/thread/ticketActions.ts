/** What can be done with a ticket now, and why the rest cannot: one list for buttons, menu, keyboard and palette. */

import type { ShortcutId } from '@/shared/actions/shortcuts'
import type { Me, Permission, Ticket } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useMe } from '@/shared/session/store'
import {
  type Icon,
  IconDone,
  IconFlag,
  IconLink,
  IconMacro,
  IconMerge,
  IconPin,
  IconPostponed,
  IconRestore,
  IconSun,
  IconTag,
  IconTransfer,
  IconUnread,
  IconUserCheck,
  IconUserPlus,
} from '@/shared/ui/icons'
import { usePins } from '../data/acts'

export type Step = 'accept' | 'transfer' | 'close' | 'reopen' | 'unread'
export type TicketVerb =
  | Step
  | 'snooze'
  | 'wake'
  | 'priority'
  | 'tags'
  | 'people'
  | 'pin'
  | 'unpin'
  | 'merge'
  | 'link'
  | 'macro'

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
  snooze: 'tickets.write',
  wake: 'tickets.write',
  priority: 'tickets.write',
  tags: 'tickets.write',
  people: 'tickets.write',
  pin: 'tickets.read',
  unpin: 'tickets.read',
  merge: 'tickets.write',
  link: 'tickets.read',
  macro: 'tickets.write',
}
const ICONS: Record<TicketVerb, Icon> = {
  accept: IconUserCheck,
  transfer: IconTransfer,
  close: IconDone,
  reopen: IconRestore,
  unread: IconUnread,
  snooze: IconPostponed,
  wake: IconSun,
  priority: IconFlag,
  tags: IconTag,
  people: IconUserPlus,
  pin: IconPin,
  unpin: IconPin,
  merge: IconMerge,
  link: IconLink,
  macro: IconMacro,
}
const SHORTCUTS = {
  accept: 'accept',
  transfer: 'transfer',
  close: 'closeTicket',
  reopen: 'reopenTicket',
  unread: 'markUnread',
  snooze: 'snooze',
  wake: 'snooze',
  priority: 'priority',
  tags: 'tags',
  people: 'people',
  pin: 'pin',
  unpin: 'pin',
  merge: 'merge',
  link: 'copyLink',
  macro: 'macro',
} as const
const ON_BUTTONS: readonly TicketVerb[] = ['accept', 'transfer', 'close', 'reopen']

export function useTicketActions(ticket: Ticket): TicketAction[] {
  const { t } = useTranslation('inbox')
  const me = useMe()
  const isPinned = usePins().includes(ticket.id)
  return verbsFor(ticket, me.user.id, isPinned).map((verb) => {
    const refusal = refusalOf(verb, ticket, me)
    return {
      verb,
      label: t(`actions.${verb}`),
      icon: ICONS[verb],
      shortcut: SHORTCUTS[verb],
      isMinor: !ON_BUTTONS.includes(verb),
      refusal: refusal && t(`reasons.${refusal}`),
    }
  })
}

export function verbsFor(ticket: Ticket, me: number, isPinned = false): TicketVerb[] {
  const pin: TicketVerb = isPinned ? 'unpin' : 'pin'
  const marks: TicketVerb[] = ['priority', 'tags', 'people', pin, 'merge', 'link']
  if (ticket.status === 'closed')
    return ticket.merged_into === null
      ? ['reopen', 'tags', 'people', pin, 'merge', 'link']
      : ['tags', pin, 'link']
  const sleep: TicketVerb = ticket.snoozed_at ? 'wake' : 'snooze'
  if (ticket.status === 'pending') return ['accept', 'transfer', 'close', 'macro', sleep, ...marks]
  const unread: TicketVerb[] = ticket.agent?.id === me ? ['unread'] : []
  return ['transfer', 'close', 'macro', ...unread, sleep, ...marks]
}

export function refusalOf(
  verb: TicketVerb,
  ticket: Ticket,
  me: Pick<Me, 'permissions' | 'user'>,
): string | null {
  if (!me.permissions.includes(PERMISSIONS[verb])) return 'permission'
  const isForeign = ticket.agent !== null && ticket.agent.id !== me.user.id
  const isParticipant = ticket.participants.includes(me.user.id)
  if (verb === 'pin' || verb === 'unpin' || verb === 'link' || isParticipant) return null
  if (isForeign && verb !== 'reopen' && !me.permissions.includes('tickets.see_all')) return 'foreign'
  return null
}
