/** Which contacts are chosen: some by name, or everything that matches but a few. */

export interface Selection {
  /** All that match the list, wherever they are; `ids` are then the exceptions. */
  isAll: boolean
  ids: ReadonlySet<number>
}

export const NOBODY: Selection = { isAll: false, ids: new Set() }
export const EVERYBODY: Selection = { isAll: true, ids: new Set() }

export function isChosen({ isAll, ids }: Selection, id: number): boolean {
  return ids.has(id) !== isAll
}

export function isEmpty({ isAll, ids }: Selection): boolean {
  return !isAll && ids.size === 0
}

/** One row, or with Shift every row from the last one pressed. */
export function toggled(
  selection: Selection,
  id: number,
  { rows = [], from }: { rows?: readonly number[]; from?: number | undefined } = {},
): Selection {
  const wanted = !isChosen(selection, id)
  const ids = new Set(selection.ids)
  for (const one of between(rows, from, id)) {
    if (wanted !== selection.isAll) ids.add(one)
    else ids.delete(one)
  }
  return { ...selection, ids }
}

/** The rows on screen: all of them, or none when all were chosen. */
export function toggledAll(selection: Selection, rows: readonly number[]): Selection {
  if (selection.isAll || rows.every((id) => selection.ids.has(id))) return NOBODY
  return { isAll: false, ids: new Set([...selection.ids, ...rows]) }
}

function between(rows: readonly number[], from: number | undefined, to: number): readonly number[] {
  const start = from === undefined ? -1 : rows.indexOf(from)
  const end = rows.indexOf(to)
  if (start < 0 || end < 0) return [to]
  return rows.slice(Math.min(start, end), Math.max(start, end) + 1)
}
