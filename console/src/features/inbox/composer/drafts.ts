/** From what is in the composer to the messages it becomes. */
import { fileKind } from '../outbox/bubble'
import type { OutgoingFile } from '../outbox/machine'
import type { Draft } from '../outbox/outbox'
import type { Mode } from './useDraft'

interface Written {
  text: string
  mode: Mode
  files: readonly OutgoingFile[]
  replyTo: number | null
  /** Whom a note names. */
  mentions: readonly number[]
}

/** One message per file, as WhatsApp has it; the text is the first file's caption unless that is a sound. */
export function toDrafts({ text, mode, files, replyTo, mentions }: Written): Draft[] {
  const body = text.trim()
  if (mode === 'note') return body ? [{ kind: 'note', body, mentions }] : []
  const [first] = files
  if (!first) return body ? [{ kind: 'text', body, reply_to: replyTo }] : []
  const takesCaption = fileKind(first.mime) !== 'audio'
  const alone: Draft[] = body && !takesCaption ? [{ kind: 'text', body, reply_to: replyTo }] : []
  return [
    ...alone,
    ...files.map(
      (file, index): Draft => ({
        kind: 'media',
        file,
        ...(index === 0 && takesCaption && body && { body }),
        ...(index === 0 && alone.length === 0 && { reply_to: replyTo }),
      }),
    ),
  ]
}

/** Puts a mark around the selection, `*so*`, or takes it away again. */
export function toggleMark(
  text: string,
  start: number,
  end: number,
  mark: '*' | '_',
): { text: string; start: number; end: number } {
  const inner = text.slice(start, end)
  if (inner.length > 1 && inner.startsWith(mark) && inner.endsWith(mark)) {
    return { text: text.slice(0, start) + inner.slice(1, -1) + text.slice(end), start, end: end - 2 }
  }
  return {
    text: text.slice(0, start) + mark + inner + mark + text.slice(end),
    start: start + 1,
    end: end + 1,
  }
}
