import { describe, expect, it } from 'vitest'
import type { Attachment, Template } from '@/shared/api/types'
import { alike, newCard, twoCards } from './cards'
import {
  componentsOf,
  type Draft,
  draftOf,
  EMPTY,
  exampleValues,
  isSimple,
  lacksOf,
  requestOf,
} from './draft'
import { newButton } from './pieces'

const file = (id: number) => ({ id, kind: 'image', name: `${id}.jpg`, url: '' }) as unknown as Attachment

function shoes(): Draft {
  const link = { ...newButton('URL', 'link'), text: 'See', url: 'https://a.br/{{1}}', example: '7' }
  const card = (id: number) => ({
    ...newCard(),
    file: file(id),
    body: `Shoe ${id} costs {{1}} today.`,
    examples: { '1': '99' },
    defaults: { '1': '{{firstName}}' },
    buttons: [link],
  })
  return {
    ...EMPTY,
    name: 'shoes',
    shape: 'cards',
    body: 'Two shoes.',
    footer: 'Acme',
    cards: [card(1), card(2)],
  }
}

const saved = (draft: Draft) => {
  const { files: _, ...request } = requestOf(draft)
  const files = draft.cards.map((card) => card.file)
  return { ...request, files, edited: null, is_known: true } as unknown as Template
}

describe('the cards of a carousel', () => {
  it('stand below the words, without footer, their files in order', () => {
    const request = requestOf(shoes())
    expect(request.components.map((one) => (one as { type: string }).type)).toEqual(['BODY', 'CAROUSEL'])
    expect(request.files).toEqual([1, 2])
    expect(request.defaults).toEqual({ 'card.0.1': '{{firstName}}', 'card.1.1': '{{firstName}}' })
  })

  it('come back from the server as they were written', () => {
    const template = saved(shoes())
    expect(isSimple(template)).toBe(true)
    const again = draftOf(template)
    expect(componentsOf(again)).toEqual(componentsOf(shoes()))
    expect(again.cards.map((card) => [card.file?.id, card.defaults])).toEqual([
      [1, { '1': '{{firstName}}' }],
      [2, { '1': '{{firstName}}' }],
    ])
  })

  it('have the buttons of the first one, with words of their own', () => {
    const cards = twoCards().map((card, place) => ({
      ...card,
      buttons: card.buttons.map((button) => ({ ...button, text: `Answer ${place}` })),
    }))
    const [first, second] = cards
    if (!first || !second) throw new Error('two cards')
    const more = alike([{ ...first, buttons: [newButton('URL'), ...first.buttons] }, second])
    expect(more[1]?.buttons.map(({ type, text }) => [type, text])).toEqual([
      ['URL', ''],
      ['QUICK_REPLY', 'Answer 1'],
    ])
    expect(alike([...more, newCard()])[2]?.buttons.map(({ type }) => type)).toEqual(['URL', 'QUICK_REPLY'])
  })

  it('are shown with their examples', () => {
    expect(exampleValues(shoes())).toMatchObject({ 'card.0.1': '99', 'card.1.button.0': '7' })
  })

  it('cannot be kept with a file missing before another', () => {
    const draft = shoes()
    const [first, second] = draft.cards
    if (!first || !second) throw new Error('two cards')
    expect(lacksOf({ ...draft, cards: [{ ...first, file: null }, second] })).toEqual({
      'card.0.header': ['needs_file'],
    })
    expect(lacksOf({ ...draft, cards: [first, { ...second, file: null }] })).toEqual({})
  })
})
