/** The words with a colon that a search understands, in each language of the console, and what is typed of them. */

export const OPERATORS = ['from', 'agent', 'tag', 'queue', 'is', 'in', 'before', 'after'] as const
export type Operator = (typeof OPERATORS)[number]

/** As the server reads them (tickets/models/search_query.py). */
const WORDS: Record<string, Operator> = {
  from: 'from',
  de: 'from',
  agent: 'agent',
  agente: 'agent',
  tag: 'tag',
  etiqueta: 'tag',
  queue: 'queue',
  fila: 'queue',
  cola: 'queue',
  is: 'is',
  in: 'in',
  em: 'in',
  en: 'in',
  before: 'before',
  antes: 'before',
  after: 'after',
  depois: 'after',
  despues: 'after',
}

export interface Piece {
  operator: Operator | null
  /** Without the operator and without quotes. */
  value: string
  start: number
  end: number
}

const PIECE = /(?:([^\s":]+):)?(?:"([^"]*)"?|([^\s"]+))?/g

/** The piece of the search in which the caret stands. */
export function pieceAt(text: string, caret: number): Piece | null {
  for (const found of text.matchAll(PIECE)) {
    const [whole, word, quoted, bare] = found
    const [start, end] = [found.index, found.index + whole.length]
    if (!whole || caret < start || caret > end) continue
    const operator = word ? (WORDS[plain(word)] ?? null) : null
    const value = quoted ?? bare ?? ''
    return { operator, value: operator || !word ? value : `${word}:${value}`, start, end }
  }
  return null
}

/** The text with the piece's value completed, and where the caret stands then. */
export function completed(text: string, piece: Piece, value: string): { text: string; caret: number } {
  const typed = text.slice(piece.start, piece.end)
  const word = typed.slice(0, typed.indexOf(':') + 1)
  const written = `${word}${/[\s"]/.test(value) ? `"${value}"` : value} `
  const after = text.slice(piece.end).trimStart()
  return { text: text.slice(0, piece.start) + written + after, caret: piece.start + written.length }
}

/** Only words: then contacts may be meant too. */
export function isPlain(text: string): boolean {
  return !/[:#"]/.test(text)
}

export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** A day as the search reads it, so many days ago. */
export function dayAgo(days: number, now = new Date()): string {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - days)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
