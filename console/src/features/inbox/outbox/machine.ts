/** The life of a message between the Send key and the server's answer, as pure functions. */
import type { SendRequest } from '@/shared/api/types'

export interface OutgoingFile {
  blob: Blob
  name: string
  mime: string
  size: number
  /** Known for recorded voice notes, so that the bubble can show them before the server does. */
  duration?: number
  waveform?: number[]
  /** The server's id of a file that it has already. */
  upload?: number
}

export interface OutboxEntry {
  client_id: string
  /** Whose it is, see `viewerOf`: another person at this browser must never send it. */
  viewer: string
  ticket: number
  kind: SendRequest['kind']
  body: string
  reply_to: number | null
  voice: boolean
  template: SendRequest['template'] | null
  /** What kinds like buttons say besides their words; entries of an earlier build lack it. */
  content?: SendRequest['content']
  /** Waits for the customer's answer, behind this template unless it was sent before. */
  park?: SendRequest['park']
  file: OutgoingFile | null
  /** Whom a note names. Entries of an earlier build lack these three. */
  mentions?: readonly number[]
  /** The newest message that was on the screen when this was written. */
  seen?: number | null
  /** Although a colleague is answering. */
  anyway?: boolean
  /** The server's id of the file once it is there; a retry does not send it again. */
  upload: number | null
  created_at: number
  state: 'waiting' | 'uploading' | 'sending' | 'failed'
  error: { code: string; detail: string; name?: string } | null
  attempts: number
  /** Not before this moment. */
  retry_at: number
}

export type OutboxChange =
  | { type: 'started' }
  | { type: 'uploaded'; upload: number }
  | { type: 'unreachable'; now: number; delay: number }
  | { type: 'refused'; code: string; detail: string; name?: string }
  | { type: 'retried'; anyway?: boolean }
  | { type: 'reloaded'; now: number }

/** Older than this the customer's window has closed and the words are stale: a person decides. */
export const TOO_OLD = 24 * 3_600_000

export function step(entry: OutboxEntry, change: OutboxChange): OutboxEntry {
  switch (change.type) {
    case 'started':
      return { ...entry, state: entry.file && entry.upload === null ? 'uploading' : 'sending', error: null }
    case 'uploaded':
      return { ...entry, upload: change.upload, state: 'sending' }
    case 'unreachable':
      return { ...entry, state: 'waiting', attempts: entry.attempts + 1, retry_at: change.now + change.delay }
    case 'refused':
      return { ...entry, state: 'failed', error: refusalOf(change) }
    case 'retried':
      return {
        ...entry,
        state: 'waiting',
        error: null,
        attempts: 0,
        retry_at: 0,
        anyway: entry.anyway === true || change.anyway === true,
      }
    case 'reloaded':
      return reloaded(entry, change.now)
  }
}

function refusalOf({ code, detail, name }: Extract<OutboxChange, { type: 'refused' }>): OutboxEntry['error'] {
  return { code, detail, ...(name && { name }) }
}

/** What was under way when the tab died may or may not have arrived; the same client_id makes asking again safe. */
function reloaded(entry: OutboxEntry, now: number): OutboxEntry {
  if (entry.state === 'failed') return entry
  if (now - entry.created_at > TOO_OLD)
    return { ...entry, state: 'failed', error: { code: 'outbox_too_old', detail: '' } }
  return { ...entry, state: 'waiting', retry_at: 0 }
}

/** The next entry of every ticket that has nothing under way: in the order written, failed ones stand aside. */
export function due(entries: readonly OutboxEntry[], now: number): OutboxEntry[] {
  const seen = new Set<number>()
  const ready: OutboxEntry[] = []
  for (const entry of inOrder(entries)) {
    if (entry.state === 'failed' || seen.has(entry.ticket)) continue
    seen.add(entry.ticket)
    if (entry.state === 'waiting' && entry.retry_at <= now) ready.push(entry)
  }
  return ready
}

/** When to look again; null when nothing waits for the clock. */
export function nextWake(entries: readonly OutboxEntry[], now: number): number | null {
  const times = entries
    .filter(({ state, retry_at }) => state === 'waiting' && retry_at > now)
    .map(({ retry_at }) => retry_at)
  return times.length > 0 ? Math.min(...times) : null
}

export function inOrder(entries: readonly OutboxEntry[]): OutboxEntry[] {
  return [...entries].sort((a, b) => a.created_at - b.created_at || a.client_id.localeCompare(b.client_id))
}

export function toRequest(entry: OutboxEntry): SendRequest {
  const { client_id, kind, body, reply_to, voice, template, content, park, upload } = entry
  const { mentions, seen, anyway } = entry
  return {
    client_id,
    kind,
    ...(body && { body }),
    ...(reply_to !== null && { reply_to }),
    ...(upload !== null && { attachments: [upload] }),
    ...(voice && { voice }),
    ...(template && { template }),
    ...(content && { content }),
    ...(park && { park }),
    ...(mentions && mentions.length > 0 && { mentions: [...mentions] }),
    ...(seen != null && kind !== 'note' && { seen }),
    ...(anyway && { anyway }),
  }
}
