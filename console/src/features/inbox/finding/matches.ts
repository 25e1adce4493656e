/** Whether a ticket answers to a filter: the server's rules (tickets/models/conditions.py) on the row we have. */
import type { Ticket } from '@/shared/api/types'
import { type Condition, conditionsOf, type Group, isGroup, joinOf, type Part, partsOf } from './filter'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

type Ask = (ticket: Ticket, value: unknown, me: number, now: number) => boolean
type Asks = Record<string, Ask>

/** `null` when the row does not say: what contacts carry, and who was named in a note. */
export function matches(part: Part, ticket: Ticket, me: number, now: number): boolean | null {
  if (!isGroup(part)) return answer(part, ticket, me, now)
  const parts = partsOf(part)
  if (parts.length === 0) return true
  const decisive = joinOf(part) === 'any'
  let isUnknown = false
  for (const child of parts) {
    const found = matches(child, ticket, me, now)
    if (found === decisive) return decisive
    isUnknown ||= found === null
  }
  return isUnknown ? null : !decisive
}

/** Time alone moves tickets into such a list and out of it. */
export function movesWithTime(filter: Group): boolean {
  return conditionsOf(filter).some(({ key, operator }) =>
    ['closes_within', 'is_open', 'longer_than', 'within_days', 'older_than_days'].includes(
      key === 'waiting' && operator === 'is' ? '' : operator,
    ),
  )
}

/** Some of it can only be answered by the server. */
export function needsServer(filter: Group): boolean {
  return conditionsOf(filter).some((condition) => !askOf(condition))
}

function answer(condition: Condition, ticket: Ticket, me: number, now: number): boolean | null {
  if (condition.key === 'field') return fieldAnswer(condition, ticket)
  const ask = askOf(condition)
  return ask ? ask(ticket, condition.value, me, now) : null
}

function askOf({ key, operator }: Condition): Ask | undefined {
  if (key === 'field' && ['is', 'is_empty'].includes(operator)) return () => false
  return ASKS[key]?.[operator]
}

function fieldAnswer({ operator, field = '', value }: Condition, { custom_fields }: Ticket): boolean | null {
  const has = Object.hasOwn(custom_fields, field)
  if (operator === 'is_empty') return has !== value
  if (operator !== 'is') return null
  const known = custom_fields[field]
  return has && (known === value || (Array.isArray(known) && known.includes(value)))
}

function oneOf(idOf: (ticket: Ticket) => number | undefined): Asks {
  const is: Ask = (ticket, value, me) => {
    const id = idOf(ticket)
    return list(value).some((one) => (one === 'none' ? id === undefined : id === (one === 'me' ? me : one)))
  }
  return { is, is_not: not(is) }
}

function choice(of: (ticket: Ticket) => string): Asks {
  const is: Ask = (ticket, value) => list(value).includes(of(ticket))
  return { is, is_not: not(is) }
}

function flag(of: (ticket: Ticket) => boolean): Asks {
  return { is: (ticket, value) => of(ticket) === value }
}

function moment(of: (ticket: Ticket) => string | null): Asks {
  const at = (ticket: Ticket) => Date.parse(of(ticket) ?? '')
  return {
    after: (ticket, value) => at(ticket) >= Date.parse(String(value)),
    before: (ticket, value) => at(ticket) < Date.parse(String(value)),
    within_days: (ticket, value, _, now) => at(ticket) >= now - Number(value) * DAY,
    older_than_days: (ticket, value, _, now) => at(ticket) < now - Number(value) * DAY,
  }
}

function not(ask: Ask): Ask {
  return (...given) => !ask(...given)
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

const hasAny: Ask = ({ tags }, value) => list(value).some((tag) => tags.includes(Number(tag)))
const leftOf = (ticket: Ticket, now: number) => Date.parse(ticket.window_expires_at ?? '') - now

const ASKS: Record<string, Asks> = {
  status: choice(({ status }) => status),
  queue: oneOf(({ queue }) => queue?.id),
  agent: oneOf(({ agent }) => agent?.id),
  connection: oneOf(({ connection }) => connection.id),
  tag: {
    any: hasAny,
    all: ({ tags }, value) => list(value).every((tag) => tags.includes(Number(tag))),
    none: not(hasAny),
    is_empty: ({ tags }, value) => (tags.length === 0) === value,
  },
  priority: choice(({ priority }) => priority),
  unread: flag(({ unread_count }) => unread_count > 0),
  snoozed: flag(({ snoozed_at }) => snoozed_at !== null),
  waiting: {
    longer_than: ({ waiting_since }, value, _, now) =>
      Date.parse(waiting_since ?? '') < now - Number(value) * MINUTE,
    is: ({ waiting_since }, value) => (waiting_since !== null) === value,
  },
  window: {
    closes_within: (ticket, value, _, now) =>
      leftOf(ticket, now) > 0 && leftOf(ticket, now) <= Number(value) * HOUR,
    is_open: (ticket, value, _, now) => leftOf(ticket, now) > 0 === value,
  },
  sla: {
    is: (ticket, value) =>
      list(value).includes(promiseOf(ticket)) || (list(value).includes('warned') && isWarned(ticket)),
  },
  participant: {
    is: ({ participants }, value, me) =>
      list(value).some((one) => participants.includes(one === 'me' ? me : Number(one))),
  },
  created_at: moment(({ created_at }) => created_at),
  last_message_at: moment(({ last_message_at }) => last_message_at),
  closed_at: moment(({ closed_at }) => closed_at),
}

function promiseOf({ sla_due_at, sla_breached_at }: Ticket): string {
  return sla_breached_at ? 'breached' : sla_due_at ? 'running' : 'none'
}

function isWarned({ sla_warned_at, sla_breached_at }: Ticket): boolean {
  return sla_warned_at !== null && sla_breached_at === null
}
