/** A filter as it stands in the address: conditions, in groups of which all or any must hold. */

export interface Condition {
  key: string
  operator: string
  value: unknown
  /** Which of the company's own fields, where the condition asks about one. */
  field?: string
}

export type Join = 'all' | 'any'
export type Group = { all: readonly Part[] } | { any: readonly Part[] }
export type Part = Condition | Group

const DEEPEST = 4
const MOST = 40

export function isGroup(part: Part): part is Group {
  return !('key' in part)
}

export function joinOf(group: Group): Join {
  return 'any' in group ? 'any' : 'all'
}

export function partsOf(group: Group): readonly Part[] {
  return 'any' in group ? group.any : group.all
}

export function groupOf(join: Join, parts: readonly Part[]): Group {
  return join === 'any' ? { any: parts } : { all: parts }
}

/** The filter without empty groups; nothing when it narrows nothing. */
export function tidied(group: Group | undefined): Group | undefined {
  if (!group) return undefined
  const parts = partsOf(group).flatMap((part): Part[] => {
    if (!isGroup(part)) return [part]
    const inner = tidied(part)
    return inner ? [inner] : []
  })
  const [only] = parts
  if (parts.length === 1 && only && isGroup(only)) return only
  return parts.length > 0 ? groupOf(joinOf(group), parts) : undefined
}

export function isSameFilter(a: Group | undefined, b: Group | undefined): boolean {
  return stable(tidied(a)) === stable(tidied(b))
}

/** Adds a condition to what must hold, or takes the same one away. */
export function toggled(filter: Group | undefined, condition: Condition): Group | undefined {
  const parts = filter ? (joinOf(filter) === 'all' ? partsOf(filter) : [filter]) : []
  const rest = parts.filter((part) => stable(part) !== stable(condition))
  return tidied({ all: rest.length < parts.length ? rest : [...parts, condition] })
}

export function has(filter: Group | undefined, condition: Condition): boolean {
  if (!filter || joinOf(filter) !== 'all') return false
  return partsOf(filter).some((part) => stable(part) === stable(condition))
}

/** Without the part at this place of the outermost group. */
export function without(filter: Group, place: number): Group | undefined {
  return tidied(
    groupOf(
      joinOf(filter),
      partsOf(filter).filter((_, index) => index !== place),
    ),
  )
}

const OF_TAB: Record<string, readonly Condition[]> = {
  mine: [
    { key: 'status', operator: 'is', value: ['open'] },
    { key: 'agent', operator: 'is', value: ['me'] },
    { key: 'snoozed', operator: 'is', value: false },
  ],
  waiting: [
    { key: 'status', operator: 'is', value: ['pending'] },
    { key: 'agent', operator: 'is', value: ['none'] },
    { key: 'snoozed', operator: 'is', value: false },
  ],
  all: [{ key: 'status', operator: 'is', value: ['pending', 'open'] }],
  closed: [{ key: 'status', operator: 'is', value: ['closed'] }],
}

/** What the tab narrows, as conditions: a view stands on its own. */
export function withTab(tab: string, filter: Group | undefined): Group | undefined {
  const narrows = OF_TAB[tab] ?? []
  if (narrows.length === 0) return filter
  const rest = filter ? (joinOf(filter) === 'all' ? partsOf(filter) : [filter]) : []
  return tidied({ all: [...narrows, ...rest] })
}

export function conditionsOf(part: Part): Condition[] {
  return isGroup(part) ? partsOf(part).flatMap(conditionsOf) : [part]
}

/** What an address may hold; anything else is as good as no filter. The server checks what the words mean. */
export function readFilter(given: unknown): Group | undefined {
  const budget = { left: MOST }
  const group = readPart(given, 1, budget)
  return group && isGroup(group) && budget.left >= 0 ? tidied(group) : undefined
}

function readPart(given: unknown, depth: number, budget: { left: number }): Part | null {
  if (typeof given !== 'object' || given === null || depth > DEEPEST + 1) return null
  if ('key' in given && 'operator' in given && 'value' in given) {
    const { key, operator, value } = given
    if (typeof key !== 'string' || typeof operator !== 'string') return null
    budget.left -= 1
    const field = 'field' in given && typeof given.field === 'string' ? { field: given.field } : {}
    return { key, operator, value, ...field }
  }
  const join: Join = 'any' in given ? 'any' : 'all'
  const listed: unknown = (given as Record<string, unknown>)[join]
  if (!Array.isArray(listed)) return null
  const parts = listed.map((part) => readPart(part, depth + 1, budget))
  return parts.some((part) => part === null) ? null : groupOf(join, parts as Part[])
}

/** The same text for the same thing, whatever the order in which it was written. */
function stable(value: unknown): string {
  return (
    JSON.stringify(value, (_, part: unknown) =>
      part && typeof part === 'object' && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? ''
  )
}
