/** Words that were taken back return to where they were written. */
type Take = (text: string) => void

const takers = new Map<number, Take>()

/** The composer of a ticket says how it takes words back; answers how to stop. */
export function takeBackInto(ticket: number, take: Take): () => void {
  takers.set(ticket, take)
  return () => {
    takers.delete(ticket)
  }
}

export function handBack(ticket: number, text: string): void {
  if (text) takers.get(ticket)?.(text)
}
