/** What of the knowledge is open, in the address. */
export const TABS = ['documents', 'answers', 'review', 'search'] as const
export type Tab = (typeof TABS)[number]

export interface KnowledgeSearch {
  tab?: Tab
  answer?: number
}

export function validateKnowledgeSearch(search: Record<string, unknown>): KnowledgeSearch {
  const tab = TABS.find((one) => one === search.tab)
  return { ...(tab && { tab }), ...numbered('answer', search.answer) }
}

export interface PassageSearch {
  chunk?: number
}

export function validatePassageSearch(search: Record<string, unknown>): PassageSearch {
  return numbered('chunk', search.chunk)
}

function numbered<Name extends string>(name: Name, value: unknown): Partial<Record<Name, number>> {
  const id = Number(value)
  return Number.isInteger(id) && id > 0 ? ({ [name]: id } as Partial<Record<Name, number>>) : {}
}
