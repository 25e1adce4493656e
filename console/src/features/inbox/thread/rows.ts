/** From messages to lines of the thread: days, groups of one writer, and where the unread ones begin. */
import type { Message } from '@/shared/api/types'
import { dayOf } from '@/shared/lib/dates'

export interface Line {
  /** Stays the same when an unsent bubble becomes the server's message, so that nothing blinks. */
  key: string
  message: Message
  /** True where another day begins. */
  startsDay: boolean
  startsUnread: boolean
  /** First and last of what one person wrote in a row. */
  isFirst: boolean
  isLast: boolean
  /** Photos that the customer sent at once, shown together; `message` is the first of them. */
  album?: readonly Message[]
}

const PAUSE = 5 * 60_000
const ALBUM = 3
const ALBUM_PAUSE = 10_000

/** Lines with the photos of one moment together, but for the albums that somebody wants to see apart. */
export function withAlbums(lines: readonly Line[], apart: ReadonlySet<string>): Line[] {
  const found: Line[] = []
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] as Line
    let end = at + 1
    while (end < lines.length && belongs(lines[end - 1] as Line, lines[end] as Line)) end += 1
    const together = lines.slice(at, end)
    const isAlbum = isPhoto(line) && together.length >= ALBUM && !apart.has(line.key)
    if (isAlbum)
      found.push({
        ...line,
        isLast: together.at(-1)?.isLast ?? true,
        album: together.map(({ message }) => message),
      })
    else found.push(...together)
    at = end
  }
  return found
}

function belongs(before: Line, line: Line): boolean {
  if (!isPhoto(before) || !isPhoto(line) || line.isFirst || line.startsUnread) return false
  return Date.parse(line.message.at) - Date.parse(before.message.at) <= ALBUM_PAUSE
}

/** With words, a quote or a reaction of its own a photo is more than a part of an album. */
function isPhoto({ message }: Line): boolean {
  const { kind, direction, body, reply_to, reactions, removed_at, attachments } = message
  if (kind !== 'image' || direction !== 'in' || removed_at || reply_to || body || reactions.length > 0)
    return false
  return attachments.length === 1 && attachments[0]?.state === 'stored'
}

export function toLines(messages: readonly Message[], unreadFrom: number | null): Line[] {
  return messages.map((message, index) => {
    const before = messages[index - 1]
    const after = messages[index + 1]
    return {
      key: message.client_id ?? String(message.id),
      message,
      startsDay: !before || dayOf(before.at) !== dayOf(message.at),
      startsUnread: message.id === unreadFrom,
      isFirst: !before || message.id === unreadFrom || !isTogether(before, message),
      isLast: !after || after.id === unreadFrom || !isTogether(message, after),
    }
  })
}

/** Who of a group wrote it. */
function authorIn({ content }: Message): string {
  const { contact, name } = (content.author ?? {}) as { contact?: number; name?: string }
  return `${contact ?? ''} ${name ?? ''}`
}

function isTogether(a: Message, b: Message): boolean {
  if (a.direction !== b.direction || a.author?.id !== b.author?.id) return false
  if (a.kind === 'system' || b.kind === 'system') return false
  if (authorIn(a) !== authorIn(b)) return false
  return Date.parse(b.at) - Date.parse(a.at) < PAUSE && dayOf(a.at) === dayOf(b.at)
}

/** The first of the last `count` messages of the customer; null when all were read or have been answered. */
export function firstUnread(messages: readonly Message[], count: number): number | null {
  const inbound = messages.filter(({ direction }) => direction === 'in')
  if (count <= 0 || inbound.length === 0) return null
  return inbound[Math.max(0, inbound.length - count)]?.id ?? null
}

/** An answer after the mark makes the mark pointless. */
export function isAnswered(messages: readonly Message[], unreadFrom: number | null, by: number): boolean {
  const place = messages.findIndex(({ id }) => id === unreadFrom)
  return messages.slice(place + 1).some(({ direction, author }) => direction === 'out' && author?.id === by)
}
