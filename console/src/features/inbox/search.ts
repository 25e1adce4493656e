/** What the inbox keeps in the address: the tab or view, the filter, the order, and what is open. */
import { type Condition, type Group, has, readFilter, toggled } from './finding/filter'
import { SORTS, type Sort } from './finding/order'

export const TABS = ['mine', 'waiting', 'all', 'closed'] as const
/** `any`: living and closed ones, of which a view shows some. */
export type Tab = (typeof TABS)[number] | 'any'

export interface InboxSearch {
  tab?: Tab
  filter?: Group
  sort?: Sort
  /** The saved view that was chosen: the id of one's own or the company's, the name of one that everybody has. */
  view?: number | string
  search?: string
  ticket?: number
  /** The message to show of it. */
  message?: number
  /** The contact to begin a conversation with. */
  start?: number
  /** The contact panel covers the thread on narrow screens. */
  panel?: true
  queue?: undefined
  unread?: undefined
}

export function validateInboxSearch(search: Record<string, unknown>): InboxSearch {
  const tab = search.tab === 'any' ? 'any' : TABS.find((name) => name === search.tab)
  const filter = quick(search).reduce(withOne, readFilter(search.filter))
  const sort = SORTS.find((name) => name === search.sort)
  const view = positive(search.view) ?? (typeof search.view === 'string' ? search.view : undefined)
  const ticket = positive(search.ticket)
  const message = ticket && positive(search.message)
  const start = positive(search.start)
  const words =
    typeof search.search === 'string' || typeof search.search === 'number' ? String(search.search) : ''
  return {
    ...(tab && { tab }),
    ...(filter && { filter }),
    ...(sort && sort !== 'newest' && { sort }),
    ...(view && { view }),
    ...(words && { search: words }),
    ...(ticket && { ticket }),
    ...(message && { message }),
    ...(start && { start }),
    ...(search.panel === true && { panel: true as const }),
    // Taken up into the filter; left in the address they would come back with each step.
    ...('queue' in search && { queue: undefined }),
    ...('unread' in search && { unread: undefined }),
  }
}

/** Short ways to write a filter in a link: `?queue=3`, `?unread=true`. */
function quick(search: Record<string, unknown>): Condition[] {
  const queue = positive(search.queue)
  return [
    ...(queue ? [{ key: 'queue', operator: 'is', value: [queue] }] : []),
    ...(search.unread === true ? [{ key: 'unread', operator: 'is', value: true }] : []),
  ]
}

function withOne(filter: Group | undefined, condition: Condition): Group | undefined {
  return has(filter, condition) ? filter : toggled(filter, condition)
}

function positive(value: unknown): number | undefined {
  const number = Number(value)
  return Number.isInteger(number) && number > 0 ? number : undefined
}
