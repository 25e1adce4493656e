/** What a failed request looks like to the rest of the console. */

export interface ErrorBody {
  code: string
  detail: string
  fields?: Record<string, unknown>
  problems?: Record<string, Problem[]>
}

/** What is wrong with a field, for programs; `fields` says the same in English. */
export interface Problem {
  code: string
  limit?: number
}

/** The API speaks codes; screens turn `code` into words and fall back on `detail`. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly fields: Record<string, string[]>
  readonly problems: Record<string, Problem[]>
  readonly requestId: string | null
  readonly retryAfter: number | null

  constructor(
    status: number,
    body: ErrorBody,
    requestId: string | null = null,
    retryAfter: number | null = null,
  ) {
    super(`${status} ${body.code}: ${body.detail}`)
    this.name = 'ApiError'
    this.status = status
    this.code = body.code
    this.detail = body.detail
    this.fields = flatten(body.fields ?? {})
    this.problems = body.problems ?? {}
    this.requestId = requestId
    this.retryAfter = retryAfter
  }

  /** Nobody answered: no network, or the server is restarting. */
  get isOffline(): boolean {
    return this.status === 0
  }

  get isForbidden(): boolean {
    return this.status === 403
  }

  get isMissing(): boolean {
    return this.status === 404
  }
}

export function isApiError(error: unknown): error is ApiError {
  return error instanceof ApiError
}

/** Reads whatever came back; a proxy's HTML page becomes a plain server error. */
export function toApiError(response: Response, body: unknown): ApiError {
  const retryAfter = Number(response.headers.get('Retry-After')) || null
  const requestId = response.headers.get('X-Request-ID')
  return new ApiError(response.status, toBody(body, response.status), requestId, retryAfter)
}

function toBody(body: unknown, status: number): ErrorBody {
  if (typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string') {
    return body as ErrorBody
  }
  return { code: status >= 500 ? 'server_error' : 'unknown_error', detail: `HTTP ${status}` }
}

/** {"credentials": {"app_id": ["…"]}} → {"credentials.app_id": ["…"]}: the paths that forms use. */
function flatten(fields: Record<string, unknown>, prefix = ''): Record<string, string[]> {
  return Object.entries(fields).reduce<Record<string, string[]>>((flat, [name, value]) => {
    const path = `${prefix}${name}`
    if (Array.isArray(value)) flat[path] = value.map(String)
    else if (typeof value === 'object' && value !== null) {
      Object.assign(flat, flatten(value as Record<string, unknown>, `${path}.`))
    } else flat[path] = [String(value)]
    return flat
  }, {})
}
