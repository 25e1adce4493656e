/** What the inbox keeps in the address: the tab, the filters and the open ticket. */

export interface InboxSearch {
  tab?: 'mine' | 'waiting' | 'all' | 'closed'
  ticket?: number
}

const TABS = ['mine', 'waiting', 'all', 'closed'] as const

export function validateInboxSearch(search: Record<string, unknown>): InboxSearch {
  const tab = TABS.find((name) => name === search.tab)
  const ticket = Number(search.ticket)
  return { ...(tab && { tab }), ...(Number.isInteger(ticket) && ticket > 0 && { ticket }) }
}
