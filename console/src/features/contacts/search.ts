/** What the contacts screen keeps in the address. */

export interface ContactsSearch {
  search?: string
  /** The contact that is open beside the list. */
  contact?: number
}

export function validateContactsSearch(search: Record<string, unknown>): ContactsSearch {
  // A number searched for arrives as a number.
  const text = search.search === undefined ? '' : String(search.search)
  const contact = Number(search.contact)
  return { ...(text && { search: text }), ...(contact > 0 && { contact }) }
}
