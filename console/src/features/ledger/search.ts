/** What of the ledger is shown, in the address: so that a finding can be sent to a colleague. */

export const SHOWS = ['events', 'attempts', 'payloads'] as const
export type Show = (typeof SHOWS)[number]
export const DAYS = [1, 7, 30] as const

export interface LedgerSearch {
  show?: Show
  outcome?: string
  kind?: string
  connection?: number
  ticket?: number
  contact?: number
  payload?: number
  /** WhatsApp's id of a message. */
  message?: string
  days?: number
}

export function validateLedgerSearch(search: Record<string, unknown>): LedgerSearch {
  const found: LedgerSearch = {}
  if (SHOWS.includes(search.show as Show)) found.show = search.show as Show
  for (const key of ['outcome', 'kind', 'message'] as const) {
    const value = search[key]
    if (typeof value === 'string' && value && value.length <= 255) found[key] = value
  }
  for (const key of ['connection', 'ticket', 'contact', 'payload', 'days'] as const) {
    const id = Number(search[key])
    if (Number.isSafeInteger(id) && id > 0) found[key] = id
  }
  return found
}

const DAY = 86_400_000

/** From when on, cut to the hour: so that a repeated look is the same question. */
export function since(days: number | undefined, now = Date.now()): string | undefined {
  if (!days) return undefined
  return new Date(Math.floor((now - days * DAY) / 3_600_000) * 3_600_000).toISOString()
}
