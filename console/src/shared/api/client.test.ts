/** The token is renewed once, however many requests find that it ran out. */
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { whenSessionEnds } from '@/shared/session/refresh'
import { accessToken, adoptSession, forgetSession } from '@/shared/session/store'
import { session } from '../../../tests/factories'
import { api, call, cursorOf, everyPage } from './client'
import { ApiError } from './errors'

const server = setupServer()
let refreshes = 0

/** The server of these tests takes only `fresh`; refreshing gives it. */
function serve(refreshStatus = 200): void {
  server.use(
    http.get('*/api/queues/', ({ request }) =>
      request.headers.get('Authorization') === 'Bearer fresh'
        ? HttpResponse.json({ next: null, previous: null, results: [] })
        : HttpResponse.json({ code: 'token_invalid', detail: 'Expired.', fields: {} }, { status: 401 }),
    ),
    http.post('*/api/auth/refresh/', ({ request }) => {
      refreshes += 1
      expect(request.headers.get('X-Requested-With')).toBe('helpdesk')
      return refreshStatus === 200
        ? HttpResponse.json(session({ access: 'fresh' }))
        : HttpResponse.json(
            { code: 'refresh_invalid', detail: 'Ended.', fields: {} },
            { status: refreshStatus },
          )
    }),
  )
}

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
afterAll(() => server.close())
afterEach(() => server.resetHandlers())
beforeEach(() => {
  refreshes = 0
  forgetSession()
  adoptSession(session({ access: 'stale' }))
})

test('ten requests with a stale token renew it once and all succeed', async () => {
  serve()
  await Promise.all(Array.from({ length: 10 }, () => call(api.GET('/api/queues/'))))
  expect(refreshes).toBe(1)
  expect(accessToken()).toBe('fresh')
})

test('a refused refresh ends the session and the request fails', async () => {
  serve(401)
  const ended = vi.fn()
  whenSessionEnds(ended)
  await expect(call(api.GET('/api/queues/'))).rejects.toMatchObject({ status: 401, code: 'token_invalid' })
  expect(ended).toHaveBeenCalledOnce()
  expect(accessToken()).toBeNull()
})

test('a server in trouble while renewing does not sign anybody out', async () => {
  serve(503)
  await expect(call(api.GET('/api/queues/'))).rejects.toMatchObject({ status: 503 })
  expect(accessToken()).toBe('stale')
})

test('a wrong password is not taken for a token that ran out', async () => {
  serve()
  server.use(
    http.post('*/api/auth/login/', () =>
      HttpResponse.json({ code: 'invalid_credentials', detail: 'No.', fields: {} }, { status: 401 }),
    ),
  )
  const login = call(api.POST('/api/auth/login/', { body: { email: 'a@b.c', password: 'x' } }))
  await expect(login).rejects.toMatchObject({ code: 'invalid_credentials' })
  expect(refreshes).toBe(0)
})

test('silence becomes an error that says offline', async () => {
  server.use(http.get('*/api/queues/', () => HttpResponse.error()))
  const error = await call(api.GET('/api/queues/')).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(ApiError)
  expect((error as ApiError).isOffline).toBe(true)
})

test('nested field errors become the paths that forms use', async () => {
  const body = {
    code: 'invalid',
    detail: '',
    fields: { name: ['Long.'], credentials: { app_id: ['Digits.'] } },
  }
  server.use(http.get('*/api/queues/', () => HttpResponse.json(body, { status: 400 })))
  const error = await call(api.GET('/api/queues/')).catch((caught: unknown) => caught)
  expect((error as ApiError).fields).toEqual({ name: ['Long.'], 'credentials.app_id': ['Digits.'] })
})

test('a short list is read to its end', async () => {
  const load = vi
    .fn()
    .mockResolvedValueOnce({ next: 'http://localhost/api/queues/?cursor=abc', results: [1, 2] })
    .mockResolvedValueOnce({ next: null, results: [3] })
  expect(await everyPage(load)).toEqual([1, 2, 3])
  expect(load).toHaveBeenLastCalledWith('abc')
  expect(cursorOf(null)).toBeUndefined()
})
