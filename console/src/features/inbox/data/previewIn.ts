/** What lists show of a message, as the server would cut it. */
import type { Message } from '@/shared/api/types'

/** What lists show of a message; of a call, how far it got. */
export function previewIn({ kind, body, content }: Message): string {
  return kind === 'call' ? String(content.event ?? '') : body.slice(0, 160)
}
