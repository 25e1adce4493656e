/** What the contacts screen keeps in the address. */

export interface ContactsSearch {
  search?: string
}

export function validateContactsSearch(search: Record<string, unknown>): ContactsSearch {
  // A number searched for arrives as a number.
  const text = search.search === undefined ? '' : String(search.search)
  return text ? { search: text } : {}
}
