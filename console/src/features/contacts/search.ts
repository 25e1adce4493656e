/** What the contact screens keep in the address. */
import type { Filter } from './filter/filter'

export const SORTS = ['newest', 'name', 'active'] as const
export type ContactSort = (typeof SORTS)[number]

export interface ContactsSearch {
  search?: string
  segment?: number
  filter?: Filter
  sort?: ContactSort
  /** The contacts that were deleted instead of those that are there. */
  deleted?: true
}

export function validateContactsSearch(search: Record<string, unknown>): ContactsSearch {
  // A number searched for arrives as a number.
  const text = search.search === undefined ? '' : String(search.search)
  const segment = Number(search.segment)
  const sort = SORTS.find((one) => one === search.sort)
  return {
    ...(text && { search: text }),
    ...(segment > 0 && { segment }),
    ...(isFilter(search.filter) && { filter: search.filter }),
    ...(sort && { sort }),
    ...(search.deleted === true && { deleted: true as const }),
  }
}

/** Whether there is anything in it; the server checks the rest. */
function isFilter(value: unknown): value is Filter {
  if (typeof value !== 'object' || value === null) return false
  const group = Object.values(value)
  return group.length === 1 && Array.isArray(group[0]) && group[0].length > 0
}
