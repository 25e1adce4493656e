/** A template as the form has it, and as Meta's components have it. */
import type { Attachment, Template, TemplateRequest } from '@/shared/api/types'
import { type Component, listOf, namesIn, partOf, word } from '@/shared/templates/parts'

export const HEADERS = ['none', 'text', 'image', 'video', 'document', 'location'] as const
export const BUTTON_TYPES = ['QUICK_REPLY', 'URL', 'PHONE_NUMBER', 'COPY_CODE'] as const
export const LANGUAGES = ['pt_BR', 'en', 'en_US', 'es', 'es_MX', 'es_AR', 'es_ES', 'pt_PT', 'fr', 'it', 'de']
export const LIMITS = {
  name: 512,
  header: 60,
  body: 1024,
  footer: 60,
  button: 25,
  url: 2000,
  code: 15,
  buttons: 10,
}

export type HeaderKind = (typeof HEADERS)[number]
export type ButtonType = (typeof BUTTON_TYPES)[number]

export interface DraftButton {
  key: string
  type: ButtonType
  text: string
  url: string
  phone_number: string
  example: string
}

export interface Draft {
  name: string
  language: string
  category: Template['category']
  format: Template['format']
  headerKind: HeaderKind
  headerText: string
  headerExample: string
  body: string
  examples: Record<string, string>
  defaults: Record<string, string>
  footer: string
  buttons: DraftButton[]
  files: Attachment[]
}

let made = 0
export function newButton(type: ButtonType): DraftButton {
  made += 1
  return { key: `b${made}`, type, text: '', url: '', phone_number: '', example: '' }
}

export const EMPTY: Draft = {
  name: '',
  language: 'pt_BR',
  category: 'utility',
  format: 'positional',
  headerKind: 'none',
  headerText: '',
  headerExample: '',
  body: '',
  examples: {},
  defaults: {},
  footer: '',
  buttons: [],
  files: [],
}

/** Cards and offers are written at Meta: here they are shown. */
export function isSimple({ components, category }: Template): boolean {
  const known = ['header', 'body', 'footer', 'buttons']
  const types = (BUTTON_TYPES as readonly string[]).map((type) => type.toLowerCase())
  const buttons = listOf(partOf(components, 'buttons')?.buttons) as Component[]
  return (
    category !== 'authentication' &&
    components.every(({ type }) => known.includes(word(type).toLowerCase())) &&
    buttons.every(({ type }) => types.includes(word(type).toLowerCase()))
  )
}

export function draftOf(template: Template): Draft {
  const words = template.edited ?? template.components
  const header = partOf(words, 'header')
  const body = partOf(words, 'body')
  const text = word(body?.text)
  const kind = (word(header?.format) || 'text').toLowerCase() as HeaderKind
  return {
    ...EMPTY,
    name: template.name,
    language: template.language,
    category: template.category,
    format: template.format,
    headerKind: header ? kind : 'none',
    headerText: word(header?.text),
    headerExample: examplesOf(header, 'header_text')[0]?.[1] ?? '',
    body: text,
    examples: Object.fromEntries(namedExamples(body, text)),
    defaults: template.defaults,
    footer: word(partOf(words, 'footer')?.text),
    buttons: (listOf(partOf(words, 'buttons')?.buttons) as Component[]).map((one) => ({
      ...newButton(word(one.type).toUpperCase() as ButtonType),
      text: word(one.text),
      url: word(one.url),
      phone_number: word(one.phone_number),
      example: word(one.example) || word(listOf(one.example)[0]),
    })),
    files: template.files,
  }
}

export function componentsOf(draft: Draft): Component[] {
  const { footer, buttons } = draft
  return [
    ...headerOf(draft),
    bodyOf(draft),
    ...(footer.trim() ? [{ type: 'FOOTER', text: footer.trim() }] : []),
    ...(buttons.length > 0 ? [{ type: 'BUTTONS', buttons: buttons.map(buttonOf) }] : []),
  ]
}

export function requestOf(draft: Draft): Omit<TemplateRequest, 'connection'> {
  const { name, language, category, format, defaults, files } = draft
  const kept = Object.fromEntries(Object.entries(defaults).filter(([, text]) => text.trim()))
  return {
    name,
    language,
    category,
    format,
    components: componentsOf(draft),
    defaults: kept,
    files: files.map(({ id }) => id),
  }
}

/** Named when somebody wrote a word between the braces. */
export function formatOf({ body, headerText }: Draft): Draft['format'] {
  return namesIn(`${headerText} ${body}`).some((name) => !/^\d+$/.test(name)) ? 'named' : 'positional'
}

function headerOf({ headerKind, headerText, headerExample, format }: Draft): Component[] {
  if (headerKind === 'none') return []
  if (headerKind !== 'text') return [{ type: 'HEADER', format: headerKind.toUpperCase() }]
  const [name] = namesIn(headerText)
  const header: Component = { type: 'HEADER', format: 'TEXT', text: headerText }
  if (name)
    header.example =
      format === 'named'
        ? { header_text_named_params: [{ param_name: name, example: headerExample }] }
        : { header_text: [headerExample] }
  return [header]
}

function bodyOf({ body, examples, format }: Draft): Component {
  const names = namesIn(body)
  if (names.length === 0) return { type: 'BODY', text: body }
  const example =
    format === 'named'
      ? { body_text_named_params: names.map((name) => ({ param_name: name, example: examples[name] ?? '' })) }
      : { body_text: [[...names].sort((a, b) => Number(a) - Number(b)).map((name) => examples[name] ?? '')] }
  return { type: 'BODY', text: body, example }
}

function buttonOf({ type, text, url, phone_number, example }: DraftButton): Component {
  if (type === 'URL') return { type, text, url, ...(namesIn(url).length > 0 && { example: [example] }) }
  if (type === 'PHONE_NUMBER') return { type, text, phone_number }
  if (type === 'COPY_CODE') return { type, example }
  return { type, text }
}

function examplesOf(component: Component | null, key: string): [string, string][] {
  const example = (component?.example ?? {}) as Component
  const named = listOf(example[`${key}_named_params`]) as Component[]
  if (named.length > 0) return named.map((one) => [word(one.param_name), word(one.example)])
  const listed = listOf(example[key])
  const row = Array.isArray(listed[0]) ? listOf(listed[0]) : listed
  return row.map((one, index) => [String(index + 1), word(one)])
}

function namedExamples(body: Component | null, text: string): [string, string][] {
  const known = new Map(examplesOf(body, 'body_text'))
  return namesIn(text).map((name) => [name, known.get(name) ?? ''])
}
