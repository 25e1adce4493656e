/**
 * The last rows that came by event.
 *
 * A list that is being read from the server does not hear the events of that moment: the answer may have been
 * written before them and arrive after. Whoever reads a list looks here for what it may have missed.
 */
interface Entry<Row> {
  mark: number
  row: Row
}

const KEEP = 1_000

export class Recent<Row extends { id: number }> {
  private readonly entries = new Map<number, Entry<Row>>()
  private counter = 0

  add(rows: readonly Row[]): void {
    for (const row of rows) {
      this.entries.delete(row.id)
      this.entries.set(row.id, { mark: ++this.counter, row })
    }
    for (const id of this.entries.keys()) {
      if (this.entries.size <= KEEP) break
      this.entries.delete(id)
    }
  }

  /** Where the stream stands now; give it to `since` later. */
  mark(): number {
    return this.counter
  }

  since(mark: number): Row[] {
    return [...this.entries.values()].filter((entry) => entry.mark > mark).map(({ row }) => row)
  }

  clear(): void {
    this.entries.clear()
  }
}
