/** Columns of a file and what they mean. */
import type { ImportPreview } from '@/shared/api/types'

const SHOWN = 3

/** The new meaning of one column; no two columns mean the same, so the other one lets go. */
export function remapped(mapping: readonly string[], place: number, part: string): string[] {
  return mapping.map((known, index) => {
    if (index === place) return part
    return part !== '' && known === part ? '' : known
  })
}

/** The first things that stand in a column. */
export function samplesOf(rows: ImportPreview['rows'] | undefined, place: number): string {
  const cells = (rows ?? []).map((row) => row.cells[place] ?? '').filter((cell) => cell !== '')
  return [...new Set(cells)].slice(0, SHOWN).join(' · ')
}

/** Somebody can be made of it. */
export function isUsable(mapping: readonly string[]): boolean {
  return ['name', 'number', 'email'].some((part) => mapping.includes(part))
}
