/** Which conversations of the list are chosen, to do something with all of them at once. */
import { create } from 'zustand'
import type { TicketFilter } from '../data/belongs'

export interface Selection {
  /** Chosen one by one. */
  ids: readonly number[]
  /** All that the list holds, also what was not read yet, but for `left`. */
  everything: { filter: TicketFilter; count: number } | null
  left: readonly number[]
  /** Where a range begins. */
  anchor: number | null
}

export const nothing: Selection = { ids: [], everything: null, left: [], anchor: null }

export const useSelection = create<Selection>(() => nothing)

export function useIsSelected(id: number): boolean {
  return useSelection((selection) => isSelected(selection, id))
}

/** Whether anything is chosen: then a click on a row's picture chooses, and the bar is there. */
export function useIsSelecting(): boolean {
  return useSelection((selection) => sizeOf(selection) > 0)
}

export function isSelected({ ids, everything, left }: Selection, id: number): boolean {
  return everything ? !left.includes(id) : ids.includes(id)
}

export function sizeOf({ ids, everything, left }: Selection): number {
  return everything ? Math.max(0, everything.count - left.length) : ids.length
}

/** Chooses one, or lets go of it; the next range begins there. */
export function toggled(selection: Selection, id: number): Selection {
  const flip = (list: readonly number[]) =>
    list.includes(id) ? list.filter((one) => one !== id) : [...list, id]
  return selection.everything
    ? { ...selection, left: flip(selection.left), anchor: id }
    : { ...selection, ids: flip(selection.ids), anchor: id }
}

/** Chooses everything between where the last choice was made and here, in the order of the list. */
export function extended(selection: Selection, id: number, shown: readonly number[]): Selection {
  const from = selection.anchor === null ? -1 : shown.indexOf(selection.anchor)
  const to = shown.indexOf(id)
  if (from === -1 || to === -1) return toggled(selection, id)
  const range = shown.slice(Math.min(from, to), Math.max(from, to) + 1)
  if (selection.everything)
    return { ...selection, left: selection.left.filter((one) => !range.includes(one)) }
  return { ...selection, ids: [...new Set([...selection.ids, ...range])] }
}

/** What left the list is no longer meant: nobody sees that it is chosen. */
export function kept(selection: Selection, shown: readonly number[]): Selection {
  const ids = selection.ids.filter((id) => shown.includes(id))
  return ids.length === selection.ids.length ? selection : { ...selection, ids }
}

export function selectRows(ids: readonly number[]): void {
  useSelection.setState({ ...nothing, ids, anchor: ids[0] ?? null })
}

export function clearSelection(): void {
  useSelection.setState(nothing)
}
