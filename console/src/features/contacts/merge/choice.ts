/** What the contact will be that goes on when two become one. */
import type { Contact } from '@/shared/api/types'

export const CHOOSABLE = ['name', 'number', 'email', 'owner'] as const
export type Choosable = (typeof CHOOSABLE)[number]
/** Whose value is taken, by the id of the contact. */
export type Picks = Partial<Record<Choosable, number>>

/** Where both know something, and not the same. */
export function differing(one: Contact, other: Contact): Choosable[] {
  return CHOOSABLE.filter((part) => one[part] && other[part] && one[part] !== other[part])
}

/** What the survivor takes from the other one. Gaps are filled without being asked for. */
export function takenFrom(merged: Contact, into: Contact, picks: Picks): Choosable[] {
  return differing(merged, into).filter((part) => picks[part] === merged.id)
}

/** The value that will stand. */
export function standing(part: Choosable, merged: Contact, into: Contact, picks: Picks) {
  if (!into[part]) return merged[part]
  return picks[part] === merged.id && merged[part] ? merged[part] : into[part]
}
