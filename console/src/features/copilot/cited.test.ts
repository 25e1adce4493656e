import { describe, expect, it } from 'vitest'
import { pieces, withoutMarks } from './cited'

describe('marks of sources', () => {
  it('are told apart from the words, if there is such a source', () => {
    expect(pieces('Em 5 dias [1], sem custo [2][9].', [1, 2])).toEqual([
      'Em 5 dias',
      1,
      ', sem custo',
      2,
      '[9].',
    ])
  })

  it('never reach the customer', () => {
    expect(withoutMarks('Em 5 dias [1], sem custo [2][3].')).toBe('Em 5 dias, sem custo.')
  })
})
