/** Filters of contacts as the API takes them, and as a list of lines that people can edit. */

export interface Condition {
  key: string
  operator: string
  value: unknown
  /** The key of one of the company's own fields. */
  field?: string
}

export type Filter = { all: (Condition | Filter)[] } | { any: (Condition | Filter)[] }
export type Join = 'all' | 'any'

export interface Lines {
  join: Join
  conditions: Condition[]
  /** Groups that were written through the API; kept, but not shown line by line. */
  groups: Filter[]
}

export function linesOf(filter: Filter | undefined): Lines {
  if (!filter) return { join: 'all', conditions: [], groups: [] }
  const join: Join = 'any' in filter ? 'any' : 'all'
  const children = 'any' in filter ? filter.any : filter.all
  return {
    join,
    conditions: children.filter(isCondition),
    groups: children.filter((child): child is Filter => !isCondition(child)),
  }
}

/** Lines that are not finished are left out; nothing at all is no filter. */
export function filterOf({ join, conditions, groups }: Lines): Filter | undefined {
  const children = [...conditions.filter(isComplete), ...groups]
  if (children.length === 0) return undefined
  return join === 'any' ? { any: children } : { all: children }
}

export function isComplete({ value }: Condition): boolean {
  if (Array.isArray(value)) return value.length > 0
  if (typeof value === 'string') return value.trim() !== ''
  return value !== undefined && value !== null
}

/** A segment keeps `{}` for no filter. */
export function savedFilter(filter: Record<string, unknown>): Filter | undefined {
  return Object.keys(filter).length === 0 ? undefined : (filter as unknown as Filter)
}

/** The same question, whatever the order of the words in its JSON. */
export function isSame(one: Filter | undefined, other: Filter | undefined): boolean {
  return canonical(one) === canonical(other)
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? ''
  const entries = Object.entries(value).toSorted(([a], [b]) => a.localeCompare(b))
  return `{${entries.map(([key, inner]) => `${key}:${canonical(inner)}`).join()}}`
}

function isCondition(child: Condition | Filter): child is Condition {
  return 'key' in child
}
