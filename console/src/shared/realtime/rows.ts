/** Merging rows that may arrive late, twice or out of order: the higher `version` wins. */

export interface Versioned {
  id: number
  version: number
}

/** The row to keep of two with the same id. An equal version replaces: REST may carry more than the event. */
export function newest<Row extends Versioned>(known: Row | undefined, arrived: Row): Row {
  return known && known.version > arrived.version ? known : arrived
}

/** Replaces the rows that are older, keeps the order, appends what is new. Same array when nothing changed. */
export function upsertRows<Row extends Versioned>(rows: readonly Row[], arrived: readonly Row[]): Row[] {
  const result = [...rows]
  const places = new Map(result.map((row, index) => [row.id, index]))
  for (const row of arrived) {
    const place = places.get(row.id)
    if (place === undefined) places.set(row.id, result.push(row) - 1)
    else result[place] = newest(result[place], row)
  }
  return result
}

/** Replaces only the rows that are there; a filtered or paged list must not grow by itself. */
export function patchRows<Row extends Versioned>(rows: readonly Row[], arrived: readonly Row[]): Row[] {
  const byId = new Map(arrived.map((row) => [row.id, row]))
  return rows.map((row) => {
    const other = byId.get(row.id)
    return other ? newest(row, other) : row
  })
}
