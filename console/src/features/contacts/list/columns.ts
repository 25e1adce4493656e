/** Which columns the list has; kept in the browser, as one's own taste. */
import { useState } from 'react'
import { useFields } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'

export const OPTIONAL = ['number', 'email', 'tags', 'owner', 'active', 'since'] as const
export type ColumnId = (typeof OPTIONAL)[number] | `field:${string}`

const KEPT = 'contacts.columns'
const USUAL: readonly ColumnId[] = ['number', 'tags', 'owner', 'active']
const WIDTHS: Record<string, string> = {
  number: '168px',
  email: 'minmax(150px, 1fr)',
  tags: 'minmax(130px, 1fr)',
  owner: '130px',
  active: '112px',
  since: '112px',
}

export interface Column {
  id: ColumnId
  label: string
  width: string
}

/** Every column there may be, in order: ours, then the company's own fields. */
export function useEveryColumn(): Column[] {
  const { t } = useTranslation('contacts')
  const fields = useFields('contact')
  return [
    ...OPTIONAL.map((id) => ({ id, label: t(`columns.${id}`), width: WIDTHS[id] ?? '1fr' })),
    ...fields.map(({ key, label }) => ({
      id: `field:${key}` as const,
      label,
      width: 'minmax(110px, 0.8fr)',
    })),
  ]
}

export function useColumns() {
  const [chosen, setChosen] = useState(read)
  const every = useEveryColumn()
  function toggle(id: ColumnId): void {
    const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]
    setChosen(next)
    write(next)
  }
  return { every, shown: every.filter(({ id }) => chosen.includes(id)), toggle }
}

function read(): readonly ColumnId[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? 'null')
    return Array.isArray(kept) ? kept.map((id) => String(id) as ColumnId) : USUAL
  } catch {
    return USUAL // a private window, or somebody else's text
  }
}

function write(columns: readonly ColumnId[]): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(columns))
  } catch {
    // Without room to keep it, the choice lasts until the page is left.
  }
}
