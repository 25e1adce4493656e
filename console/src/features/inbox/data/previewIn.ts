/** What lists show of a message, as the server would cut it. */
import type { Message } from '@/shared/api/types'

/** What lists show of a message; of a call, how far it got; of a recording, what was heard in it. */
export function previewIn({ kind, body, content, attachments }: Message): string {
  if (kind === 'call') return String(content.event ?? '')
  return (body || attachments[0]?.transcript?.text || '').slice(0, 160)
}
