/** How an unsent message looks in the thread: like the message it is going to be. */

import type { Attachment, Me, Message } from '@/shared/api/types'
import { previewIn } from '../data/previewIn'
import type { OutboxEntry, OutgoingFile } from './machine'

const previews = new Map<string, string>()

export function toBubble(entry: OutboxEntry, me: Me, replied: Message | undefined): Message {
  const at = new Date(entry.created_at).toISOString()
  return {
    // Never sent anywhere; only tells unsent bubbles apart.
    id: -entry.created_at,
    created_at: at,
    updated_at: at,
    version: 0,
    at,
    ticket: entry.ticket,
    client_id: entry.client_id,
    direction: entry.kind === 'note' ? 'internal' : 'out',
    kind: kindOf(entry),
    body: entry.body,
    author: { id: me.user.id, name: me.user.name },
    state: entry.state === 'failed' ? 'failed' : entry.park ? 'parked' : 'queued',
    error: entry.error && {
      code: entry.error.code,
      title: entry.error.name ?? '',
      detail: entry.error.detail,
      action: '',
    },
    reply_to: replied ? quoteOf(replied) : null,
    attachments: entry.file ? [attachmentOf(entry, entry.file)] : [],
    content: entry.content ?? (entry.template ? { name: entry.template.name } : {}),
    reactions: [],
    not_before: null,
    is_forwarded: false,
    arrived_late: false,
    edited_at: null,
    removed_at: null,
  }
}

/** The same line that the server makes of a message that is answered. */
export function quoteOf(message: Message): NonNullable<Message['reply_to']> {
  const { id, kind, direction, removed_at, author } = message
  return {
    id,
    kind,
    direction,
    preview: previewIn(message),
    is_removed: removed_at !== null,
    author_name: author?.name ?? null,
  }
}

function kindOf(entry: OutboxEntry): Message['kind'] {
  if (entry.kind === 'media' && entry.file) return fileKind(entry.file.mime)
  return entry.kind === 'media' ? 'document' : entry.kind
}

export function fileKind(mime: string): 'image' | 'audio' | 'video' | 'document' {
  const [family] = mime.split('/')
  if (family === 'image' || family === 'audio' || family === 'video') return family
  return 'document'
}

function attachmentOf(entry: OutboxEntry, file: OutgoingFile): Attachment {
  return {
    id: -entry.created_at,
    kind: fileKind(file.mime),
    name: file.name,
    mime: file.mime,
    size: file.size,
    state: 'stored',
    url: previewOf(entry.client_id, file.blob),
    playable_url: null,
    thumbnail_url: null,
    duration: file.duration ?? null,
    waveform: file.waveform ?? null,
    width: null,
    height: null,
    pages: null,
    is_voice: entry.voice,
    transcript: null,
  }
}

function previewOf(clientId: string, blob: Blob): string {
  const known = previews.get(clientId)
  if (known) return known
  const url = URL.createObjectURL(blob)
  previews.set(clientId, url)
  return url
}

/** The server's copy needs a moment to load, so the local one goes a little later. */
export function forgetPreview(clientId: string): void {
  const url = previews.get(clientId)
  if (!url) return
  previews.delete(clientId)
  setTimeout(() => URL.revokeObjectURL(url), 30_000)
}
