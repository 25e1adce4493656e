/** Answers cite their sources as [1]; agents see the marks, customers never do. */

const MARK = /\[(\d{1,2})\]/g

/** The text in pieces: words, and numbers of sources that there are. */
export function pieces(text: string, known: readonly number[]): (string | number)[] {
  const found: (string | number)[] = []
  let from = 0
  for (const mark of text.matchAll(MARK)) {
    const number = Number(mark[1])
    if (!known.includes(number)) continue
    found.push(text.slice(from, mark.index).trimEnd(), number)
    from = mark.index + mark[0].length
  }
  return [...found, text.slice(from)].filter((piece) => piece !== '')
}

/** As the customer may read it. */
export function withoutMarks(text: string): string {
  return text.replace(/[ \t]*\[\d{1,2}\]/g, '').trim()
}
