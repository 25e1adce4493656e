/** Which quick replies a word behind the slash means, the likeliest first. */
import type { QuickReply } from '@/shared/api/types'

type Found = Pick<QuickReply, 'id' | 'shortcut' | 'title' | 'folder' | 'body' | 'used_count'>

/** `recents`: ids that this person used, the latest first. */
export function ranked<R extends Found>(
  replies: readonly R[],
  word: string,
  recents: readonly number[],
  most = 8,
): R[] {
  const wanted = plain(word)
  return replies
    .map((reply) => ({ reply, rank: rankOf(reply, wanted), recent: recencyOf(reply.id, recents) }))
    .filter(({ rank }) => rank < NOT)
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        a.recent - b.recent ||
        b.reply.used_count - a.reply.used_count ||
        a.reply.shortcut.localeCompare(b.reply.shortcut),
    )
    .slice(0, most)
    .map(({ reply }) => reply)
}

const NOT = 9

function rankOf({ shortcut, title, folder, body }: Found, wanted: string): number {
  if (wanted === '') return 0
  const name = plain(shortcut)
  if (name === wanted) return 1
  if (name.startsWith(wanted)) return 2
  const words = plain(title).split(/\s+/)
  if (words.some((one) => one.startsWith(wanted))) return 3
  if (name.includes(wanted) || plain(title).includes(wanted)) return 4
  if (plain(folder).startsWith(wanted)) return 5
  if (isSpread(wanted, name)) return 6
  return wanted.length > 2 && plain(body).includes(wanted) ? 7 : NOT
}

/** The letters in their order, with others between: "bdia" finds "bom-dia". */
function isSpread(wanted: string, name: string): boolean {
  let place = 0
  for (const letter of name) if (letter === wanted[place]) place += 1
  return wanted.length > 1 && place === wanted.length
}

function recencyOf(id: number, recents: readonly number[]): number {
  const place = recents.indexOf(id)
  return place === -1 ? recents.length : place
}

export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
