/** What is inside a template, read the same way as the server reads it. */

export type Component = Record<string, unknown>

export interface ShownButton {
  kind: string
  text: string
  url?: string
  phone?: string
  code?: string
}

export interface Shown {
  body: string
  header: { kind: string; text: string; place: string } | null
  footer: string
  buttons: ShownButton[]
  cards: Shown[]
}

const PLACEHOLDER = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g
const BUTTONS: Record<string, string> = {
  quick_reply: 'reply',
  url: 'url',
  phone_number: 'phone',
  copy_code: 'code',
  otp: 'code',
  flow: 'form',
}

/** Each variable of a text once, in order. */
export function namesIn(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name]) => name ?? ''))]
}

export function partOf(components: readonly unknown[], kind: string): Component | null {
  return (listOf(components) as Component[]).find((one) => word(one.type).toLowerCase() === kind) ?? null
}

/** How a template reads with these values; what has none keeps its name in braces. */
export function shownOf(
  components: readonly unknown[],
  values: Record<string, string> = {},
  prefix = '',
): Shown {
  const header = partOf(components, 'header')
  const cards = listOf(partOf(components, 'carousel')?.cards) as Component[]
  return {
    body: filled(word(partOf(components, 'body')?.text), values, prefix),
    header: header && {
      kind: word(header.format).toLowerCase() || 'text',
      text: filled(word(header.text), values, `${prefix}header.`),
      place: '',
    },
    footer: word(partOf(components, 'footer')?.text),
    buttons: (listOf(partOf(components, 'buttons')?.buttons) as Component[]).map((one, index) =>
      buttonOf(one, values[`${prefix}button.${index}`]),
    ),
    cards: cards.map((card, index) => shownOf(listOf(card.components), values, `card.${index}.`)),
  }
}

/** The same from a message: it keeps what the customer saw. */
export function readShown(body: string, content: unknown): Shown {
  const shown = (content as { shown?: Component } | null)?.shown
  return block({ ...shown, body })
}

function block(given: Component): Shown {
  const header = given.header as Component | undefined
  return {
    body: word(given.body),
    header: header
      ? { kind: word(header.kind), text: word(header.text), place: word(header.name) || word(header.address) }
      : null,
    footer: word(given.footer),
    buttons: (listOf(given.buttons) as Component[]).map((one) => ({
      kind: word(one.kind),
      text: word(one.text),
      url: word(one.url),
      phone: word(one.phone),
      code: word(one.code),
    })),
    cards: (listOf(given.cards) as Component[]).map(block),
  }
}

function buttonOf(button: Component, value: string | undefined): ShownButton {
  const kind = BUTTONS[word(button.type).toLowerCase()] ?? 'other'
  return {
    kind,
    text: word(button.text),
    url: word(button.url).replace(PLACEHOLDER, (found) => value || found),
    phone: word(button.phone_number),
    code: value || word(button.example),
  }
}

function filled(text: string, values: Record<string, string>, prefix: string): string {
  return text.replace(PLACEHOLDER, (found, name: string) => values[prefix + name] || found)
}

export function word(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
