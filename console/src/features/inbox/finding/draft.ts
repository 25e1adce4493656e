/** A filter while it is being built: lines may still lack their value, and each has a name of its own for the screen. */
import {
  type Condition,
  type Group,
  groupOf,
  isGroup,
  type Join,
  joinOf,
  type Part,
  partsOf,
  tidied,
} from './filter'

export interface DraftGroup {
  id: number
  join: Join
  items: readonly DraftItem[]
}

export type DraftItem = { id: number; condition: Condition } | DraftGroup

let last = 0

export function newLine(condition: Condition): DraftItem {
  return { id: ++last, condition }
}

export function newGroup(join: Join, items: readonly DraftItem[] = []): DraftGroup {
  return { id: ++last, join, items }
}

export function isDraftGroup(item: DraftItem): item is DraftGroup {
  return 'items' in item
}

export function toDraft(filter: Group | undefined): DraftGroup {
  if (!filter) return newGroup('all')
  return newGroup(
    joinOf(filter),
    partsOf(filter).map((part) => (isGroup(part) ? toDraft(part) : newLine(part))),
  )
}

/** What can be asked already; lines without a value wait. */
export function toFilter(draft: DraftGroup): Group | undefined {
  const parts = draft.items.flatMap((item): Part[] => {
    if (!isDraftGroup(item)) return isComplete(item.condition) ? [item.condition] : []
    const group = toFilter(item)
    return group ? [group] : []
  })
  return tidied(groupOf(draft.join, parts))
}

export function isComplete({ value }: Condition): boolean {
  if (Array.isArray(value)) return value.length > 0
  if (typeof value === 'string') return value.trim() !== ''
  return value !== undefined && value !== null
}

/** The same draft with one item changed, or without it. */
export function replaced(draft: DraftGroup, id: number, next: DraftItem | null): DraftGroup {
  return {
    ...draft,
    items: draft.items.flatMap((item): DraftItem[] => {
      if (item.id === id) return next ? [next] : []
      return [isDraftGroup(item) ? replaced(item, id, next) : item]
    }),
  }
}
