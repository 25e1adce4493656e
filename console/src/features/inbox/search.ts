/** What the inbox keeps in the address: the tab, the filters and the open ticket. */

export const TABS = ['mine', 'waiting', 'all', 'closed'] as const
export type Tab = (typeof TABS)[number]

export interface InboxSearch {
  tab?: Tab
  queue?: number
  unread?: true
  search?: string
  ticket?: number
  /** The contact panel covers the thread on narrow screens. */
  panel?: true
}

export function validateInboxSearch(search: Record<string, unknown>): InboxSearch {
  const tab = TABS.find((name) => name === search.tab)
  const queue = positive(search.queue)
  const ticket = positive(search.ticket)
  const words =
    typeof search.search === 'string' || typeof search.search === 'number' ? String(search.search) : ''
  return {
    ...(tab && { tab }),
    ...(queue && { queue }),
    ...(search.unread === true && { unread: true as const }),
    ...(words && { search: words }),
    ...(ticket && { ticket }),
    ...(search.panel === true && { panel: true as const }),
  }
}

function positive(value: unknown): number | undefined {
  const number = Number(value)
  return Number.isInteger(number) && number > 0 ? number : undefined
}
