/** What the pages before the login keep in the address. */

export interface LoginSearch {
  /** Where to go afterwards; only addresses of this console. */
  next?: string
}

export function validateLoginSearch(search: Record<string, unknown>): LoginSearch {
  const { next } = search
  const isOurs =
    typeof next === 'string' && next.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\')
  return isOurs && next !== '/' ? { next } : {}
}
