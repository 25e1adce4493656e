/** Between the Send key and the server: order, retries, refusals, and nothing sent twice. */
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { threadKey } from '@/features/inbox/data/threads'
import { takeMessages } from '@/features/inbox/events'
import { due, nextWake, type OutboxEntry, step, TOO_OLD, toRequest } from '@/features/inbox/outbox/machine'
import { enqueue, removeEntry, retryEntry, useOutbox } from '@/features/inbox/outbox/outbox'
import { queryClient } from '@/shared/api/queryClient'
import { adoptSession } from '@/shared/session/store'
import { session } from '../factories'
import { message } from './message'

function entry(changes: Partial<OutboxEntry> = {}): OutboxEntry {
  return {
    client_id: 'a',
    viewer: '1@1',
    ticket: 1,
    kind: 'text',
    body: 'oi',
    reply_to: null,
    voice: false,
    template: null,
    file: null,
    upload: null,
    created_at: 1_000,
    state: 'waiting',
    error: null,
    attempts: 0,
    retry_at: 0,
    ...changes,
  }
}

describe('the machine', () => {
  const file = { blob: new Blob(['x']), name: 'a.jpg', mime: 'image/jpeg', size: 1 }

  test('a file is uploaded first, and only once', () => {
    const started = step(entry({ kind: 'media', file }), { type: 'started' })
    expect(started.state).toBe('uploading')
    const uploaded = step(started, { type: 'uploaded', upload: 77 })
    expect(step(uploaded, { type: 'started' }).state).toBe('sending')
    expect(toRequest(uploaded)).toEqual({ client_id: 'a', kind: 'media', body: 'oi', attachments: [77] })
  })

  test('silence waits and tries again, a refusal stays until somebody decides', () => {
    const waiting = step(entry({ state: 'sending' }), { type: 'unreachable', now: 5_000, delay: 2_000 })
    expect([waiting.state, waiting.attempts, waiting.retry_at]).toEqual(['waiting', 1, 7_000])
    const refused = step(entry(), { type: 'refused', code: 'window_closed', detail: '' })
    expect(step(refused, { type: 'reloaded', now: 9_000 }).state).toBe('failed')
    expect(step(refused, { type: 'retried' })).toMatchObject({ state: 'waiting', error: null, attempts: 0 })
  })

  test('after a reload what was under way is asked again; what is a day old asks first', () => {
    expect(step(entry({ state: 'sending' }), { type: 'reloaded', now: 2_000 }).state).toBe('waiting')
    const old = step(entry(), { type: 'reloaded', now: 2_000 + TOO_OLD })
    expect(old.error?.code).toBe('outbox_too_old')
  })

  test('one at a time per ticket, in the order written; failed ones do not block', () => {
    const entries = [
      entry({ client_id: 'b', created_at: 2 }),
      entry({ client_id: 'a', created_at: 1, state: 'failed' }),
      entry({ client_id: 'c', created_at: 3 }),
      entry({ client_id: 'd', ticket: 2, created_at: 1, retry_at: 900 }),
      entry({ client_id: 'e', ticket: 2, created_at: 2 }),
    ]
    expect(due(entries, 100).map(({ client_id }) => client_id)).toEqual(['b'])
    expect(due(entries, 1_000).map(({ client_id }) => client_id)).toEqual(['d', 'b'])
    expect(nextWake(entries, 100)).toBe(900)
  })
})

describe('the sender', () => {
  const server = setupServer()
  const bodies: string[] = []
  let id = 500

  beforeAll(() => server.listen())
  afterAll(() => server.close())
  afterEach(() => server.resetHandlers())
  beforeEach(() => {
    bodies.length = 0
    queryClient.clear()
    useOutbox.setState({ entries: {}, progress: {} })
    adoptSession(session())
    queryClient.setQueryData(threadKey(1), { messages: [], older: null })
  })

  const url = 'http://localhost:3000/api/tickets/:ticket/messages/'
  const accepted = http.post(url, async ({ request }) => {
    const body = (await request.json()) as { client_id: string; body: string }
    bodies.push(body.body)
    return HttpResponse.json(message({ id: ++id, direction: 'out', state: 'queued', ...body }), {
      status: 201,
    })
  })
  const left = () => Object.values(useOutbox.getState().entries)

  test('sends in order and clears the outbox', async () => {
    server.use(accepted)
    enqueue(1, [
      { kind: 'text', body: 'um' },
      { kind: 'text', body: 'dois' },
      { kind: 'text', body: 'três' },
    ])
    expect(left()).toHaveLength(3)
    await vi.waitFor(() => expect(left()).toHaveLength(0))
    expect(bodies).toEqual(['um', 'dois', 'três'])
  })

  test('a refusal is kept with its code, and trying again sends the same client_id', async () => {
    const tried: string[] = []
    server.use(
      http.post(url, async ({ request }) => {
        tried.push(((await request.json()) as { client_id: string }).client_id)
        return HttpResponse.json({ code: 'window_closed', detail: 'Closed.' }, { status: 409 })
      }),
    )
    enqueue(1, [{ kind: 'text', body: 'oi' }])
    await vi.waitFor(() => expect(left()[0]?.state).toBe('failed'))
    const [failed] = left()
    expect(failed?.error?.code).toBe('window_closed')
    retryEntry(failed?.client_id ?? '')
    await vi.waitFor(() => expect(tried).toHaveLength(2))
    expect(tried[0]).toBe(tried[1])
    removeEntry(failed?.client_id ?? '')
    expect(left()).toHaveLength(0)
  })

  test('a dead server is tried again and the message leaves once it is back', async () => {
    let calls = 0
    server.use(
      http.post(url, () => {
        calls += 1
        return HttpResponse.json({ code: 'server_error', detail: '' }, { status: 503 })
      }),
    )
    enqueue(1, [{ kind: 'text', body: 'paciência' }])
    await vi.waitFor(() => expect(calls).toBe(1))
    server.use(accepted)
    await vi.waitFor(() => expect(left()).toHaveLength(0), { timeout: 4_000 })
    expect(bodies).toEqual(['paciência'])
  })

  test('the event may be faster than the answer: one bubble, never two', async () => {
    let answer: (() => void) | undefined
    server.use(
      http.post(url, async ({ request }) => {
        const body = (await request.json()) as { client_id: string; body: string }
        await new Promise<void>((resolve) => {
          answer = resolve
        })
        return HttpResponse.json(message({ id: 900, direction: 'out', ...body }), { status: 201 })
      }),
    )
    enqueue(1, [{ kind: 'text', body: 'corrida' }])
    await vi.waitFor(() => expect(answer).toBeDefined())
    takeMessages([
      message({
        id: 900,
        direction: 'out',
        client_id: left()[0]?.client_id ?? '',
        body: 'corrida',
        version: 2,
        state: 'sent',
      }),
    ])
    expect(left()).toHaveLength(0)
    answer?.()
    await new Promise((resolve) => setTimeout(resolve, 50))
    const thread = queryClient.getQueryData<{ messages: { state: string }[] }>(threadKey(1))
    expect(thread?.messages.map(({ state }) => state)).toEqual(['sent'])
  })
})
