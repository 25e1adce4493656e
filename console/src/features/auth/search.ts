/** What the pages before the login keep in the address. */

export interface LoginSearch {
  /** Where to go afterwards; only addresses of this console. */
  next?: string
}

export function validateLoginSearch(search: Record<string, unknown>): LoginSearch {
  const { next } = search
  const isOurs = typeof next === 'string' && /^\/(?![/\\])/.test(next)
  return isOurs && next !== '/' ? { next } : {}
}

export interface ResetSearch {
  token: string
}

export function validateResetSearch(search: Record<string, unknown>): ResetSearch {
  // A token of digits only arrives as a number.
  return { token: String(search.token ?? '') }
}
