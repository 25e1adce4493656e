/** Sends what the outbox holds. Of all tabs of this browser one does it; the next takes over when it closes. */
import { api, call } from '@/shared/api/client'
import { isApiError } from '@/shared/api/errors'
import type { Message } from '@/shared/api/types'
import { backoff } from '@/shared/realtime/backoff'
import { currentMe } from '@/shared/session/store'
import { viewerOf } from '../data/session'
import { patchThreads, recentMessages } from '../data/threads'
import { due, nextWake, type OutboxEntry, toRequest } from './machine'
import { changeEntry, connectSender, reload, setProgress, settleSent, useOutbox } from './outbox'
import { uploadFile } from './upload'

const underWay = new Map<string, AbortController>()
let isSender = false
let timer: ReturnType<typeof setTimeout> | undefined

export function startSender(): void {
  connectSender({ work, removed: (clientId) => underWay.get(clientId)?.abort() })
  window.addEventListener('online', work)
  if (!navigator.locks) {
    isSender = true
    work()
    return
  }
  // The lock is held until the tab closes; the browser then gives it to the next in line.
  void navigator.locks.request('helpdesk-outbox', () => {
    isSender = true
    void reload(true).then(work)
    return new Promise<void>(() => {})
  })
}

/** Starts everything that may leave now. Calling it too often does no harm. */
function work(): void {
  if (!isSender) return
  const entries = Object.values(useOutbox.getState().entries)
  const busy = new Set(entries.filter(({ client_id }) => underWay.has(client_id)).map(({ ticket }) => ticket))
  for (const entry of due(entries, Date.now())) if (!busy.has(entry.ticket)) void send(entry)
  clearTimeout(timer)
  const wake = nextWake(entries, Date.now())
  if (wake !== null) timer = setTimeout(work, wake - Date.now() + 10)
}

async function send(entry: OutboxEntry): Promise<void> {
  const { client_id } = entry
  const control = new AbortController()
  underWay.set(client_id, control)
  try {
    const started = changeEntry(client_id, { type: 'started' })
    const ready = started && (await withUpload(started, control.signal))
    if (ready) accept(await post(ready, control.signal))
  } catch (error) {
    failed(client_id, error)
  } finally {
    underWay.delete(client_id)
    work()
  }
}

async function withUpload(entry: OutboxEntry, signal: AbortSignal): Promise<OutboxEntry | null> {
  if (!entry.file || entry.upload !== null) return entry
  const onProgress = (share: number) => setProgress(entry.client_id, share)
  const { id } = await uploadFile(entry.file, { onProgress, signal })
  return changeEntry(entry.client_id, { type: 'uploaded', upload: id })
}

function post(entry: OutboxEntry, signal: AbortSignal): Promise<Message> {
  // The company may have been switched while the file travelled.
  if (viewerOf(currentMe()) !== entry.viewer) throw new DOMException('Another company', 'AbortError')
  const params = { path: { id: entry.ticket } }
  return call(api.POST('/api/tickets/{id}/messages/', { params, body: toRequest(entry), signal }))
}

function accept(message: Message): void {
  recentMessages.add([message])
  patchThreads([message])
  settleSent([message])
}

function failed(clientId: string, error: unknown): void {
  if (error instanceof DOMException && error.name === 'AbortError') return
  const entry = useOutbox.getState().entries[clientId]
  if (!entry) return
  if (isApiError(error) && !mayPass(error.status)) {
    const name = error.fields['user.name']?.[0]
    changeEntry(clientId, { type: 'refused', code: error.code, detail: error.detail, ...(name && { name }) })
    return
  }
  const asked = isApiError(error) ? (error.retryAfter ?? 0) * 1000 : 0
  changeEntry(clientId, {
    type: 'unreachable',
    now: Date.now(),
    delay: Math.max(asked, backoff(entry.attempts)),
  })
}

/** Silence, server trouble, a session to renew and "too many" pass; every other refusal is final. */
function mayPass(status: number): boolean {
  return status === 0 || status === 401 || status === 408 || status === 429 || status >= 500
}
