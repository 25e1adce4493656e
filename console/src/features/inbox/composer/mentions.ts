/** @names in notes: what is being written now, and whom a finished note names. */
import type { User } from '@/shared/api/types'

type Person = Pick<User, 'id' | 'name'>

/** The word after the @ at the cursor; null when none is being written. */
export function mentionAt(text: string, cursor: number): string | null {
  return /(?:^|\s)@([\p{L}\p{N}.]{0,30})$/u.exec(text.slice(0, cursor))?.[1] ?? null
}

export function matching<P extends Person>(people: readonly P[], word: string): P[] {
  const wanted = plain(word)
  return people
    .filter(({ name }) =>
      plain(name)
        .split(' ')
        .some((part) => part.startsWith(wanted)),
    )
    .slice(0, 6)
}

/** Puts the name where its beginning was written. */
export function complete(text: string, cursor: number, name: string): { text: string; cursor: number } {
  const start = text.slice(0, cursor).lastIndexOf('@')
  const before = `${text.slice(0, start)}@${name} `
  return { text: before + text.slice(cursor).replace(/^ /, ''), cursor: before.length }
}

export function mentionedIn(text: string, people: readonly Person[]): number[] {
  return people.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id)
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
