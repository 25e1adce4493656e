/** The parts of an offer, whatever an older version or another program wrote: a thread must never break. */

export interface Row {
  id: string
  title: string
  description: string
}

export interface OfferContent {
  header: { kind: string; text: string } | null
  footer: string
  buttons: { id: string; title: string }[]
  button: string
  sections: { title: string; rows: Row[]; products: string[] }[]
  title: string
  url: string
  product_id: string
}

type Loose = Record<string, unknown>

export function readOffer(content: unknown): OfferContent {
  const given = record(content)
  const header = record(given.header)
  return {
    header: given.header ? { kind: text(header.kind) || 'text', text: text(header.text) } : null,
    footer: text(given.footer),
    buttons: records(given.buttons).map((one, place) => ({
      id: text(one.id) || String(place),
      title: text(one.title),
    })),
    button: text(given.button),
    sections: records(given.sections).map((section) => ({
      title: text(section.title),
      rows: records(section.rows).map((row, place) => ({
        id: text(row.id) || String(place),
        title: text(row.title),
        description: text(row.description),
      })),
      products: Array.isArray(section.products) ? section.products.map(text).filter(Boolean) : [],
    })),
    title: text(given.title),
    url: text(given.url),
    product_id: text(given.product_id),
  }
}

function record(value: unknown): Loose {
  return typeof value === 'object' && value !== null ? (value as Loose) : {}
}

function records(value: unknown): Loose[] {
  return Array.isArray(value) ? value.map(record) : []
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
