/**
 * One copy of every row of a kind, by id; lists hold only ids.
 *
 * A change of one ticket then redraws one line of the list and the header of the thread, and nothing else,
 * however long the list is.
 */
import { useCallback, useSyncExternalStore } from 'react'
import { newest, type Versioned } from '@/shared/realtime/rows'

export class Rows<Row extends Versioned> {
  private readonly rows = new Map<number, Row>()
  private readonly listeners = new Map<number, Set<() => void>>()

  get(id: number): Row | undefined {
    return this.rows.get(id)
  }

  /** Takes rows that are not older than what is known, from an event or an answer alike. */
  put(arrived: readonly Row[]): void {
    for (const row of arrived) {
      const known = this.rows.get(row.id)
      if (newest(known, row) === known) continue
      this.rows.set(row.id, row)
      this.tell(row.id)
    }
  }

  /** Changes a part that has no version of its own, such as a name copied from another row. */
  patch(id: number, change: (row: Row) => Row): void {
    const known = this.rows.get(id)
    if (!known) return
    const next = change(known)
    if (next === known) return
    this.rows.set(id, next)
    this.tell(id)
  }

  /** Ids of the known rows that answer to a question. */
  find(question: (row: Row) => boolean): number[] {
    const found: number[] = []
    for (const row of this.rows.values()) if (question(row)) found.push(row.id)
    return found
  }

  clear(): void {
    const ids = [...this.rows.keys()]
    this.rows.clear()
    for (const id of ids) this.tell(id)
  }

  subscribe(id: number, listener: () => void): () => void {
    const own = this.listeners.get(id) ?? new Set()
    this.listeners.set(id, own.add(listener))
    return () => {
      own.delete(listener)
      if (own.size === 0) this.listeners.delete(id)
    }
  }

  private tell(id: number): void {
    for (const listener of this.listeners.get(id) ?? []) listener()
  }
}

/** The row with this id, kept current. */
export function useRow<Row extends Versioned>(rows: Rows<Row>, id: number): Row | undefined {
  const subscribe = useCallback((listener: () => void) => rows.subscribe(id, listener), [rows, id])
  return useSyncExternalStore(subscribe, () => rows.get(id))
}
