/** The cards of a carousel: each a picture or a video, words, and one or two buttons of the same types in all. */
import type { Attachment } from '@/shared/api/types'
import { type Component, listOf, partOf, word } from '@/shared/templates/parts'
import {
  bodyPart,
  buttonsOf,
  buttonsPart,
  type DraftButton,
  type Format,
  hasOnlyButtons,
  LIMITS,
  newButton,
  newKey,
  typesIn,
  type Words,
  wordsOf,
} from './pieces'

export const CARD_HEADERS = ['image', 'video'] as const
export const CARD_BUTTONS = ['QUICK_REPLY', 'URL', 'PHONE_NUMBER'] as const

export type CardKind = (typeof CARD_HEADERS)[number]

export interface DraftCard extends Words {
  key: string
  file: Attachment | null
  buttons: DraftButton[]
}

/** Another, with the buttons that its sisters have. */
export function newCard(buttons: readonly DraftButton[] = []): DraftCard {
  const same = buttons.map(({ type, key }) => newButton(type, key))
  return { key: newKey(), file: null, body: '', examples: {}, defaults: {}, buttons: same }
}

export function twoCards(): DraftCard[] {
  const first = newCard([newButton('QUICK_REPLY')])
  return [first, newCard(first.buttons)]
}

/** Buttons are added, moved and removed in the first card: the others follow it, and keep their own words. */
export function alike(cards: readonly DraftCard[]): DraftCard[] {
  const [first] = cards
  if (!first) return []
  const following = (card: DraftCard) =>
    first.buttons.map(
      ({ key, type }) =>
        card.buttons.find((one) => one.key === key && one.type === type) ?? newButton(type, key),
    )
  return cards.map((card) => (card === first ? card : { ...card, buttons: following(card) }))
}

export function cardsIn(components: readonly unknown[]): Component[][] {
  const cards = listOf(partOf(components, 'carousel')?.cards) as Component[]
  return cards.map((card) => listOf(card.components) as Component[])
}

/** Whether the form can show it: products and the like are made in WhatsApp Manager. */
export function isSimpleCard(components: readonly unknown[]): boolean {
  return (
    typesIn(components).every((type) => ['header', 'body', 'buttons'].includes(type)) &&
    (CARD_HEADERS as readonly string[]).includes(kindOf(components)) &&
    hasOnlyButtons(components, CARD_BUTTONS)
  )
}

export function cardKindIn(components: readonly unknown[]): CardKind {
  return kindOf(cardsIn(components)[0] ?? []) === 'video' ? 'video' : 'image'
}

export function draftCards(
  components: readonly unknown[],
  defaults: Record<string, string>,
  files: readonly Attachment[],
): DraftCard[] {
  return cardsIn(components).map((parts, place) => ({
    key: newKey(),
    file: files[place] ?? null,
    ...wordsOf(parts),
    defaults: defaultsOf(defaults, place),
    buttons: buttonsOf(parts),
  }))
}

export function carouselPart(cards: readonly DraftCard[], kind: CardKind, format: Format): Component {
  const components = cards.map((card) => [
    { type: 'HEADER', format: kind.toUpperCase() },
    bodyPart(card, format),
    ...buttonsPart(card.buttons),
  ])
  return { type: 'CAROUSEL', cards: components.map((parts) => ({ components: parts })) }
}

/** Under the keys that the server gives to the variables of cards. */
export function inCards(
  cards: readonly DraftCard[],
  valuesOf: (card: DraftCard) => Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    cards.flatMap((card, place) =>
      Object.entries(valuesOf(card)).map(([name, text]) => [`card.${place}.${name}`, text]),
    ),
  )
}

/** Files are kept in the order of their cards: before one that has a file each needs one. */
export function gapIn(cards: readonly DraftCard[]): number | null {
  const gap = cards.findIndex(({ file }, place) => !file && cards.slice(place).some((later) => later.file))
  return gap < 0 ? null : gap
}

export function mayRemove(cards: readonly DraftCard[]): boolean {
  return cards.length > LIMITS.fewestCards
}

function kindOf(components: readonly unknown[]): string {
  return word(partOf(components, 'header')?.format).toLowerCase()
}

function defaultsOf(defaults: Record<string, string>, place: number): Record<string, string> {
  const prefix = `card.${place}.`
  const own = Object.entries(defaults).filter(([key]) => key.startsWith(prefix))
  return Object.fromEntries(own.map(([key, text]) => [key.slice(prefix.length), text]))
}
