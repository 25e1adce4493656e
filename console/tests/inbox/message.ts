/** A message for tests, complete and ordinary; name only what the test is about. */
import type { Message } from '@/shared/api/types'

export function message(changes: Partial<Message> = {}): Message {
  const at = '2026-11-21T12:00:00.000Z'
  return {
    id: 10,
    ticket: 1,
    client_id: null,
    direction: 'in',
    kind: 'text',
    body: 'Bom dia',
    author: null,
    state: 'received',
    error: null,
    reply_to: null,
    attachments: [],
    content: {},
    reactions: [],
    at,
    not_before: null,
    is_forwarded: false,
    arrived_late: false,
    edited_at: null,
    removed_at: null,
    created_at: at,
    updated_at: at,
    version: 1,
    ...changes,
  }
}
