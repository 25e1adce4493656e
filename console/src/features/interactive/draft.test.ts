import { describe, expect, it } from 'vitest'
import { contentOf, draftOf, newChoice, newDraft, type OfferDraft, pointIn, problemsOf } from './draft'

const LIMITS = {
  buttons: { body: 10, header: 5, footer: 5, buttons: 3, title: 5 },
  list: { body: 10, button: 5, sections: 2, section_title: 5, rows: 2, title: 5, description: 5 },
  link: { body: 10, title: 5, url: 30 },
}

function draft(given: Partial<OfferDraft>): OfferDraft {
  return { ...newDraft('Hello'), ...given }
}

const choices = (...titles: string[]) => titles.map((title) => ({ ...newChoice(), title }))

describe('a message with something to tap', () => {
  it('names each place that is missing or too long', () => {
    const found = problemsOf(
      draft({ body: '', footer: 'x'.repeat(6), buttons: choices('Yes', 'x'.repeat(6)) }),
      LIMITS,
    )
    expect(found).toEqual({
      body: 'required',
      'content.footer': 'too_long',
      'content.buttons.1.title': 'too_long',
    })
  })

  it('tells buttons apart by their words', () => {
    expect(problemsOf(draft({ buttons: choices('Yes', 'Yes') }), LIMITS)).toEqual({
      'content.buttons.1.title': 'not_unique',
    })
  })

  it('counts the rows of all sections together', () => {
    const section = { key: 'a', title: 'A', rows: choices('1', '2'), products: '' }
    const given = draft({ kind: 'list', button: 'Open', sections: [section, { ...section, key: 'b' }] })
    expect(problemsOf(given, LIMITS)).toEqual({ 'content.sections': 'too_many' })
  })

  it('wants an address behind a link', () => {
    const given = draft({ kind: 'link', title: 'Open', url: 'acme' })
    expect(problemsOf(given, LIMITS)).toEqual({ 'content.url': 'not_a_link' })
  })

  it('sends only what belongs to its kind', () => {
    const given = draft({ footer: ' Acme ', buttons: choices(' Yes '), url: 'https://acme.example' })
    expect(contentOf(given)).toEqual({ footer: 'Acme', buttons: [{ title: 'Yes' }] })
  })

  it.each([
    ['-23.55, -46.63', [-23.55, -46.63]],
    ['https://maps.example/@-23.55,-46.63,15z', [-23.55, -46.63]],
    ['Praça da Sé', null],
    ['123, 500', null],
  ])('finds the point in %s', (words, point) => {
    expect(pointIn(words)).toEqual(point)
  })

  it.each([
    ['buttons', { footer: 'Acme', buttons: [{ title: 'Sim' }, { title: 'Não' }] }],
    ['list', { button: 'Ver', sections: [{ title: 'A', rows: [{ title: '1', description: 'um' }] }] }],
    ['link', { header: { text: 'Oi' }, title: 'Abrir', url: 'https://acme.example' }],
    ['form', { form_id: '12', button: 'Preencher', screen: 'A' }],
    [
      'products',
      { header: { text: 'X' }, catalog_id: '1', sections: [{ title: 'S', products: ['a', 'b'] }] },
    ],
    ['location', { latitude: -23.5, longitude: -46.6, name: 'Loja', address: '' }],
    ['contacts', { contacts: [{ name: 'Ana', phones: ['+55 11 9'], emails: [] }] }],
    ['location_request', {}],
  ] as const)('comes back from a quick reply as it went in: %s', (kind, content) => {
    const draftAgain = draftOf({ kind, text: 'Olá', content })
    expect(contentOf(draftAgain)).toEqual(content)
  })
})
