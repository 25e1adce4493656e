import { expect, test } from 'vitest'
import { ranked } from './slash'

function reply(id: number, shortcut: string, title: string, more: { body?: string; used?: number } = {}) {
  return { id, shortcut, title, folder: 'Vendas', body: more.body ?? '', used_count: more.used ?? 0 }
}

const replies = [
  reply(1, 'bom-dia', 'Saudação da manhã', { used: 3 }),
  reply(2, 'pix', 'Chave do Pix', { used: 9 }),
  reply(3, 'prazo', 'Prazo de entrega', { body: 'Entregamos em até cinco dias úteis.' }),
]

function shortcuts(word: string, recents: number[] = []): string[] {
  return ranked(replies, word, recents).map(({ shortcut }) => shortcut)
}

test('nothing behind the slash offers what was used last, then what is used most', () => {
  expect(shortcuts('', [3])).toEqual(['prazo', 'pix', 'bom-dia'])
})

test('the beginning of a shortcut comes before words elsewhere', () => {
  expect(shortcuts('p')).toEqual(['pix', 'prazo'])
})

test('accents do not matter, and titles are found by any word', () => {
  expect(shortcuts('saudacao')).toEqual(['bom-dia'])
  expect(shortcuts('manhã')).toEqual(['bom-dia'])
})

test('letters may be left out', () => {
  expect(shortcuts('bdia')).toEqual(['bom-dia'])
})

test('the text itself is searched last', () => {
  expect(shortcuts('uteis')).toEqual(['prazo'])
})

test('what nobody wrote finds nothing', () => {
  expect(shortcuts('xyz')).toEqual([])
})
