/** A message with something to tap while it is written: what is in the fields, what is wrong, what is sent. */
import type { Attachment, Limits, Rendered, SendRequest } from '@/shared/api/types'
import { readOffer } from '@/shared/offers/content'

export const KINDS = [
  'buttons',
  'list',
  'link',
  'location_request',
  'contact_request',
  'location',
  'contacts',
  'form',
  'product',
  'products',
] as const
export type OfferKind = (typeof KINDS)[number]

/** Where a number has no such kind, these go as numbered text; the others cannot go at all. */
export const SAYABLE: readonly OfferKind[] = [
  'buttons',
  'list',
  'link',
  'location_request',
  'contact_request',
  'location',
  'contacts',
]
const WITH_HEADER: readonly OfferKind[] = ['buttons', 'list', 'link', 'form', 'products']
export const WITH_FILE: readonly OfferKind[] = ['buttons', 'link', 'form']
const WORDLESS: readonly OfferKind[] = ['location', 'contacts']

export interface Choice {
  key: string
  title: string
  description: string
}
export interface Section {
  key: string
  title: string
  rows: Choice[]
  /** Ids of products, one a line. */
  products: string
}
export interface Card {
  key: string
  name: string
  phone: string
  email: string
}
export interface OfferDraft {
  kind: OfferKind
  body: string
  header: string
  file: Attachment | null
  footer: string
  buttons: Choice[]
  button: string
  sections: Section[]
  title: string
  url: string
  form_id: string
  screen: string
  catalog_id: string
  product_id: string
  point: string
  name: string
  address: string
  cards: Card[]
}
export type Problems = Readonly<Record<string, string>>

export const newChoice = (): Choice => ({ key: crypto.randomUUID(), title: '', description: '' })
export const newSection = (): Section => ({
  key: crypto.randomUUID(),
  title: '',
  rows: [newChoice()],
  products: '',
})
export const newCard = (): Card => ({ key: crypto.randomUUID(), name: '', phone: '', email: '' })

export function newDraft(body = ''): OfferDraft {
  const texts = { header: '', footer: '', button: '', title: '', url: '', form_id: '', screen: '' }
  const more = { catalog_id: '', product_id: '', point: '', name: '', address: '' }
  const lists = { buttons: [newChoice(), newChoice()], sections: [newSection()], cards: [newCard()] }
  return { kind: 'buttons', body, file: null, ...texts, ...more, ...lists }
}

/** A draft that says what a quick reply holds; what its kind does not know stays as in a new one. */
export function draftOf({
  kind,
  text: body,
  content,
}: Pick<Rendered, 'kind' | 'text' | 'content'>): OfferDraft {
  const fresh = newDraft(body)
  const known = KINDS.find((one) => one === kind)
  if (!known) return fresh
  const offer = readOffer(content)
  const word = (name: string) => (typeof content[name] === 'string' ? content[name] : '')
  const sections = offer.sections.map(({ title, rows, products }) => ({
    ...newSection(),
    title,
    rows: rows.map((row) => ({ ...newChoice(), title: row.title, description: row.description })),
    products: products.join('\n'),
  }))
  const buttons = offer.buttons.map(({ title }) => ({ ...newChoice(), title }))
  return {
    ...fresh,
    kind: known,
    header: offer.header?.text ?? '',
    footer: offer.footer,
    buttons: buttons.length > 0 ? buttons : fresh.buttons,
    button: offer.button,
    sections: sections.length > 0 ? sections : fresh.sections,
    title: offer.title,
    url: offer.url,
    form_id: word('form_id'),
    screen: word('screen'),
    catalog_id: word('catalog_id'),
    product_id: offer.product_id,
    point: content.latitude === undefined ? '' : `${content.latitude}, ${content.longitude}`,
    name: word('name'),
    address: word('address'),
    cards: cardsIn(content.contacts) ?? fresh.cards,
  }
}

function cardsIn(contacts: unknown): Card[] | null {
  if (!Array.isArray(contacts) || contacts.length === 0) return null
  return contacts.map(({ name, phones, emails }) => ({
    ...newCard(),
    name: String(name ?? ''),
    phone: String(phones?.[0] ?? ''),
    email: String(emails?.[0] ?? ''),
  }))
}

export const hasWords = (kind: OfferKind) => !WORDLESS.includes(kind)
export const hasHeader = (kind: OfferKind) => WITH_HEADER.includes(kind)
export const hasFooter = (kind: OfferKind) => hasHeader(kind) || kind === 'product'

export function contentOf(draft: OfferDraft): Record<string, unknown> {
  return { ...frameOf(draft), ...partsOf(draft) }
}

export function requestOf(draft: OfferDraft): Pick<SendRequest, 'kind' | 'body' | 'content'> {
  return { kind: draft.kind, body: hasWords(draft.kind) ? draft.body.trim() : '', content: contentOf(draft) }
}

function frameOf({ kind, header, footer, file }: OfferDraft): Record<string, unknown> {
  const above =
    file && WITH_FILE.includes(kind)
      ? { kind: file.kind, upload: file.id }
      : header.trim() && { text: header.trim() }
  return {
    ...(above && hasHeader(kind) && { header: above }),
    ...(footer.trim() && hasFooter(kind) && { footer: footer.trim() }),
  }
}

function partsOf(draft: OfferDraft): Record<string, unknown> {
  switch (draft.kind) {
    case 'buttons':
      return { buttons: draft.buttons.map(({ title }) => ({ title: title.trim() })) }
    case 'list':
      return {
        button: draft.button.trim(),
        sections: draft.sections.map(({ title, rows }) => ({
          title: title.trim(),
          rows: rows.map((row) => ({ title: row.title.trim(), description: row.description.trim() })),
        })),
      }
    case 'link':
      return { title: draft.title.trim(), url: draft.url.trim() }
    case 'form':
      return {
        form_id: draft.form_id.trim(),
        button: draft.button.trim(),
        ...(draft.screen.trim() && { screen: draft.screen.trim() }),
      }
    case 'product':
      return { catalog_id: draft.catalog_id.trim(), product_id: draft.product_id.trim() }
    case 'products':
      return {
        catalog_id: draft.catalog_id.trim(),
        sections: draft.sections.map(({ title, products }) => ({
          title: title.trim(),
          products: idsIn(products),
        })),
      }
    case 'location': {
      const point = pointIn(draft.point)
      return {
        latitude: point?.[0],
        longitude: point?.[1],
        name: draft.name.trim(),
        address: draft.address.trim(),
      }
    }
    case 'contacts':
      return {
        contacts: draft.cards.map(({ name, phone, email }) => ({
          name: name.trim(),
          phones: [phone.trim()].filter(Boolean),
          emails: [email.trim()].filter(Boolean),
        })),
      }
    default:
      return {}
  }
}

export const idsIn = (lines: string) =>
  lines
    .split(/[\n,;]/)
    .map((one) => one.trim())
    .filter(Boolean)

/** "-23.55, -46.63", or an address of a map that names the point. */
export function pointIn(words: string): [number, number] | null {
  const found = /(-?\d{1,2}(?:\.\d+)?)\s*[,;]\s*(-?\d{1,3}(?:\.\d+)?)/.exec(words)
  if (!found) return null
  const [latitude, longitude] = [Number(found[1]), Number(found[2])]
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? [latitude, longitude] : null
}

/** Everything that WhatsApp would refuse, by the place that the server would name. */
export function problemsOf(draft: OfferDraft, limits: Limits): Problems {
  const most = limits[draft.kind] ?? {}
  const found: Record<string, string> = {}
  const text = (place: string, value: string, longest: number | undefined, needed = true) => {
    if (needed && value.trim() === '') found[place] = 'required'
    else if (longest !== undefined && value.trim().length > longest) found[place] = 'too_long'
  }
  if (hasWords(draft.kind)) text('body', draft.body, most.body, draft.kind !== 'product')
  if (hasHeader(draft.kind) && !draft.file)
    text('content.header.text', draft.header, most.header, draft.kind === 'products')
  if (hasFooter(draft.kind)) text('content.footer', draft.footer, most.footer, false)
  PARTS[draft.kind]?.(draft, most, text, found)
  return found
}

type Text = (place: string, value: string, longest: number | undefined, needed?: boolean) => void
type Part = (
  draft: OfferDraft,
  most: Record<string, number>,
  text: Text,
  found: Record<string, string>,
) => void

const PARTS: Partial<Record<OfferKind, Part>> = {
  buttons: ({ buttons }, most, text, found) => {
    buttons.forEach(({ title }, place) => {
      const at = `content.buttons.${place}.title`
      text(at, title, most.title)
      const same = (other: Choice) => other.title.trim() === title.trim()
      if (title.trim() && buttons.findIndex(same) < place) found[at] = 'not_unique'
    })
    if (buttons.length > (most.buttons ?? 3)) found['content.buttons'] = 'too_many'
  },
  list: ({ button, sections }, most, text, found) => {
    text('content.button', button, most.button)
    sections.forEach((section, place) => {
      text(`content.sections.${place}.title`, section.title, most.section_title, sections.length > 1)
      section.rows.forEach((row, number) => {
        text(`content.sections.${place}.rows.${number}.title`, row.title, most.title)
        text(`content.sections.${place}.rows.${number}.description`, row.description, most.description, false)
      })
    })
    if (rowsOf(sections) > (most.rows ?? 10)) found['content.sections'] = 'too_many'
  },
  link: ({ title, url }, most, text, found) => {
    text('content.title', title, most.title)
    text('content.url', url, most.url)
    if (url.trim() && !/^https?:\/\/\S+$/i.test(url.trim())) found['content.url'] = 'not_a_link'
  },
  form: ({ form_id, button, screen }, most, text) => {
    text('content.form_id', form_id, most.form_id)
    text('content.button', button, most.button)
    text('content.screen', screen, most.screen, false)
  },
  product: ({ catalog_id, product_id }, most, text) => {
    text('content.catalog_id', catalog_id, most.catalog_id)
    text('content.product_id', product_id, most.product_id)
  },
  products: ({ catalog_id, sections }, most, text, found) => {
    text('content.catalog_id', catalog_id, most.catalog_id)
    sections.forEach(({ title, products }, place) => {
      text(`content.sections.${place}.title`, title, most.section_title, sections.length > 1)
      text(`content.sections.${place}.products`, products, undefined)
    })
    const count = sections.reduce((sum, { products }) => sum + idsIn(products).length, 0)
    if (count > (most.products ?? 30)) found['content.sections'] = 'too_many'
  },
  location: ({ point, name, address }, most, text, found) => {
    text('content.latitude', point, undefined)
    if (point.trim() && !pointIn(point)) found['content.latitude'] = 'not_a_point'
    text('content.name', name, most.name, false)
    text('content.address', address, most.address, false)
  },
  contacts: ({ cards }, most, text) => {
    cards.forEach(({ name, phone, email }, place) => {
      text(`content.contacts.${place}.name`, name, most.name)
      text(`content.contacts.${place}.phones`, phone || email, undefined)
    })
  },
}

export function rowsOf(sections: readonly Section[]): number {
  return sections.reduce((sum, { rows }) => sum + rows.length, 0)
}
