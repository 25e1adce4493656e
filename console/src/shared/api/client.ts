/** The one door to the API: typed by the schema, adds the token, renews it once when it has run out. */
import createClient from 'openapi-fetch'
import { endSession, refreshSession } from '@/shared/session/refresh'
import { accessToken } from '@/shared/session/store'
import { ApiError, toApiError } from './errors'
import type { paths } from './schema'
import type { Page } from './types'

const base = typeof location === 'undefined' ? 'http://localhost' : location.origin

export const api = createClient<paths>({ baseUrl: base, fetch: authorizedFetch })

/** Runs one request and returns its body, or throws an ApiError. `await call(api.GET('/api/queues/'))` */
export async function call<T>(
  request: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await request
  if (!response.ok) throw toApiError(response, error)
  return data as T
}

/** Reads a short list to its end; meant for queues, people and connections, never for tickets. */
export async function everyPage<Row>(
  load: (cursor: string | undefined) => Promise<Page<Row>>,
): Promise<Row[]> {
  const rows: Row[] = []
  let cursor: string | undefined
  do {
    const page = await load(cursor)
    rows.push(...page.results)
    cursor = cursorOf(page.next)
  } while (cursor)
  return rows
}

/** The `cursor` of a page's `next` address. */
export function cursorOf(next: string | null | undefined): string | undefined {
  if (!next) return undefined
  return new URL(next, base).searchParams.get('cursor') ?? undefined
}

export async function authorizedFetch(request: Request): Promise<Response> {
  const retry = request.clone()
  const used = accessToken()
  const response = await send(request, used)
  if (response.status !== 401 || isSignIn(request.url)) return response
  // The token may have run out: renew it once and try again with the new one.
  const current = accessToken()
  const renewed = current !== used && current !== null ? true : await renew(used)
  if (!renewed) {
    endSession()
    return response
  }
  return send(retry, accessToken())
}

async function renew(stale: string | null): Promise<boolean> {
  try {
    return await refreshSession(stale)
  } catch (error) {
    if (error instanceof ApiError) throw error
    throw offline()
  }
}

async function send(request: Request, token: string | null): Promise<Response> {
  if (token) request.headers.set('Authorization', `Bearer ${token}`)
  // What the server words itself (a password that is too short) comes in the language of the screen.
  request.headers.set('Accept-Language', document.documentElement.lang)
  try {
    return await globalThis.fetch(request)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw offline()
  }
}

function offline(): ApiError {
  return new ApiError(0, { code: 'offline', detail: 'The server cannot be reached.' })
}

/** Wrong password also answers 401; that is not a token that ran out. */
function isSignIn(url: string): boolean {
  return /\/api\/auth\/(login|signup|refresh|password\/(forgot|reset))\/$/.test(new URL(url, base).pathname)
}
