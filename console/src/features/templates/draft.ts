/** A template as the form has it, and as Meta's components have it. */
import type { Attachment, Template, TemplateRequest } from '@/shared/api/types'
import { type Component, namesIn, partOf, word } from '@/shared/templates/parts'
import {
  type CardKind,
  cardKindIn,
  cardsIn,
  carouselPart,
  type DraftCard,
  draftCards,
  gapIn,
  inCards,
  isSimpleCard,
  twoCards,
} from './cards'
import {
  BUTTON_TYPES,
  bodyPart,
  buttonsOf,
  buttonsPart,
  type DraftButton,
  examplesOf,
  hasOnlyButtons,
  typesIn,
  type Words,
  wordsOf,
} from './pieces'

export const SHAPES = ['message', 'cards'] as const
export const HEADERS = ['none', 'text', 'image', 'video', 'document', 'location'] as const
export const LANGUAGES = ['pt_BR', 'en', 'en_US', 'es', 'es_MX', 'es_AR', 'es_ES', 'pt_PT', 'fr', 'it', 'de']

export type Shape = (typeof SHAPES)[number]
export type HeaderKind = (typeof HEADERS)[number]

/** Of `shape` cards the header, the footer and the buttons count for nothing: they are in the cards. */
export interface Draft extends Words {
  name: string
  language: string
  category: Template['category']
  format: Template['format']
  shape: Shape
  headerKind: HeaderKind
  headerText: string
  headerExample: string
  footer: string
  buttons: DraftButton[]
  files: Attachment[]
  cardKind: CardKind
  cards: DraftCard[]
}

export const EMPTY: Draft = {
  name: '',
  language: 'pt_BR',
  category: 'utility',
  format: 'positional',
  shape: 'message',
  headerKind: 'none',
  headerText: '',
  headerExample: '',
  body: '',
  examples: {},
  defaults: {},
  footer: '',
  buttons: [],
  files: [],
  cardKind: 'image',
  cards: twoCards(),
}

/** Offers, products and codes to sign in are written at Meta: here they are shown. */
export function isSimple({ components, category }: Template): boolean {
  if (category === 'authentication') return false
  const types = typesIn(components)
  const cards = cardsIn(components)
  if (types.includes('carousel'))
    return types.every((type) => ['body', 'carousel'].includes(type)) && cards.every(isSimpleCard)
  return (
    types.every((type) => ['header', 'body', 'footer', 'buttons'].includes(type)) &&
    hasOnlyButtons(components, BUTTON_TYPES)
  )
}

export function draftOf(template: Template): Draft {
  const words = template.edited ?? template.components
  const header = partOf(words, 'header')
  const kind = (word(header?.format) || 'text').toLowerCase() as HeaderKind
  const isCards = cardsIn(words).length > 0
  const own = Object.entries(template.defaults).filter(([key]) => !key.startsWith('card.'))
  return {
    ...EMPTY,
    ...wordsOf(words),
    name: template.name,
    language: template.language,
    category: template.category,
    format: template.format,
    shape: isCards ? 'cards' : 'message',
    headerKind: header ? kind : 'none',
    headerText: word(header?.text),
    headerExample: examplesOf(header, 'header_text')[0]?.[1] ?? '',
    defaults: Object.fromEntries(own),
    footer: word(partOf(words, 'footer')?.text),
    buttons: buttonsOf(words),
    files: isCards ? [] : template.files,
    cardKind: cardKindIn(words),
    cards: isCards ? draftCards(words, template.defaults, template.files) : EMPTY.cards,
  }
}

export function componentsOf(draft: Draft): Component[] {
  const { shape, footer, format } = draft
  const body = bodyPart(draft, format)
  if (shape === 'cards') return [body, carouselPart(draft.cards, draft.cardKind, format)]
  return [
    ...headerPart(draft),
    body,
    ...(footer.trim() ? [{ type: 'FOOTER', text: footer.trim() }] : []),
    ...buttonsPart(draft.buttons),
  ]
}

export function requestOf(draft: Draft): Omit<TemplateRequest, 'connection'> {
  const { name, language, category, format, shape, cards } = draft
  const defaults = { ...draft.defaults, ...(shape === 'cards' && inCards(cards, (card) => card.defaults)) }
  const files = filesOf(draft).filter((file) => file !== null)
  return {
    name,
    language,
    category,
    format,
    components: componentsOf(draft),
    defaults: Object.fromEntries(Object.entries(defaults).filter(([, text]) => text.trim())),
    files: files.map(({ id }) => id),
  }
}

/** In the order of the headers that they belong to. */
export function filesOf({ shape, files, cards }: Draft): (Attachment | null)[] {
  return shape === 'cards' ? cards.map(({ file }) => file) : files
}

/** What cannot even be kept: a file that would slip to the card before it. */
export function lacksOf({ shape, cards }: Draft): Record<string, string[]> {
  const gap = shape === 'cards' ? gapIn(cards) : null
  return gap === null ? {} : { [`card.${gap}.header`]: ['needs_file'] }
}

/** Named when somebody wrote a word between the braces. */
export function formatOf({ shape, body, headerText, cards }: Draft): Draft['format'] {
  const texts = shape === 'cards' ? [body, ...cards.map((card) => card.body)] : [headerText, body]
  return namesIn(texts.join(' ')).some((name) => !/^\d+$/.test(name)) ? 'named' : 'positional'
}

/** For the preview: each variable as its example. */
export function exampleValues(draft: Draft): Record<string, string> {
  const { examples, headerExample, headerText, buttons, cards } = draft
  const [name] = namesIn(headerText)
  return {
    ...examples,
    ...(name && { [`header.${name}`]: headerExample }),
    ...linksIn(buttons),
    ...inCards(cards, (card) => ({ ...card.examples, ...linksIn(card.buttons) })),
  }
}

function linksIn(buttons: readonly DraftButton[]): Record<string, string> {
  return Object.fromEntries(buttons.map(({ example }, index) => [`button.${index}`, example]))
}

function headerPart({ headerKind, headerText, headerExample, format }: Draft): Component[] {
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
