/** What a message and a card have in common: words with examples, and buttons; as the form and as Meta have them. */
import type { Template } from '@/shared/api/types'
import { type Component, listOf, namesIn, partOf, word } from '@/shared/templates/parts'

export const BUTTON_TYPES = ['QUICK_REPLY', 'URL', 'PHONE_NUMBER', 'COPY_CODE'] as const
export const LIMITS = {
  name: 512,
  header: 60,
  body: 1024,
  footer: 60,
  button: 25,
  url: 2000,
  code: 15,
  buttons: 10,
  cards: 10,
  fewestCards: 2,
  cardBody: 160,
  cardButtons: 2,
}

export type ButtonType = (typeof BUTTON_TYPES)[number]
export type Format = Template['format']

export interface DraftButton {
  key: string
  type: ButtonType
  text: string
  url: string
  phone_number: string
  example: string
}

/** `defaults`: what fills a variable unless the sender writes something else. */
export interface Words {
  body: string
  examples: Record<string, string>
  defaults: Record<string, string>
}

let made = 0
export function newKey(): string {
  made += 1
  return `k${made}`
}

export function newButton(type: ButtonType, key = newKey()): DraftButton {
  return { key, type, text: '', url: '', phone_number: '', example: '' }
}

export function hasOnlyButtons(components: readonly unknown[], types: readonly string[]): boolean {
  return buttonsIn(components).every(({ type }) => types.includes(word(type).toUpperCase()))
}

export function typesIn(components: readonly unknown[]): string[] {
  return (listOf(components) as Component[]).map(({ type }) => word(type).toLowerCase())
}

/** With keys by place, so that the buttons of cards that are alike are the same ones. */
export function buttonsOf(components: readonly unknown[]): DraftButton[] {
  return buttonsIn(components).map((one, place) => ({
    ...newButton(word(one.type).toUpperCase() as ButtonType, `p${place}`),
    text: word(one.text),
    url: word(one.url),
    phone_number: word(one.phone_number),
    example: word(one.example) || word(listOf(one.example)[0]),
  }))
}

export function wordsOf(components: readonly unknown[]): Pick<Words, 'body' | 'examples'> {
  const part = partOf(components, 'body')
  const body = word(part?.text)
  const known = new Map(examplesOf(part, 'body_text'))
  return { body, examples: Object.fromEntries(namesIn(body).map((name) => [name, known.get(name) ?? ''])) }
}

export function bodyPart({ body, examples }: Omit<Words, 'defaults'>, format: Format): Component {
  const names = namesIn(body)
  if (names.length === 0) return { type: 'BODY', text: body }
  const example =
    format === 'named'
      ? { body_text_named_params: names.map((name) => ({ param_name: name, example: examples[name] ?? '' })) }
      : { body_text: [[...names].sort((a, b) => Number(a) - Number(b)).map((name) => examples[name] ?? '')] }
  return { type: 'BODY', text: body, example }
}

export function buttonsPart(buttons: readonly DraftButton[]): Component[] {
  return buttons.length > 0 ? [{ type: 'BUTTONS', buttons: buttons.map(buttonPart) }] : []
}

export function examplesOf(component: Component | null, key: string): [string, string][] {
  const example = (component?.example ?? {}) as Component
  const named = listOf(example[`${key}_named_params`]) as Component[]
  if (named.length > 0) return named.map((one) => [word(one.param_name), word(one.example)])
  const listed = listOf(example[key])
  const row = Array.isArray(listed[0]) ? listOf(listed[0]) : listed
  return row.map((one, index) => [String(index + 1), word(one)])
}

function buttonsIn(components: readonly unknown[]): Component[] {
  return listOf(partOf(components, 'buttons')?.buttons) as Component[]
}

function buttonPart({ type, text, url, phone_number, example }: DraftButton): Component {
  if (type === 'URL') return { type, text, url, ...(namesIn(url).length > 0 && { example: [example] }) }
  if (type === 'PHONE_NUMBER') return { type, text, phone_number }
  if (type === 'COPY_CODE') return { type, example }
  return { type, text }
}
