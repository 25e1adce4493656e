import { expect, test } from 'vitest'
import { toLines, withAlbums } from '@/features/inbox/thread/rows'
import type { Message } from '@/shared/api/types'
import { message } from './message'

const NONE = new Set<string>()

function photo(id: number, seconds: number, changes: Partial<Message> = {}): Message {
  const file = { id, kind: 'image', state: 'stored', url: `/${id}` } as Message['attachments'][number]
  const at = new Date(Date.parse('2026-11-21T12:00:00Z') + seconds * 1000).toISOString()
  return message({ id, kind: 'image', body: '', at, attachments: [file], ...changes })
}

function shapes(messages: Message[], apart: ReadonlySet<string> = NONE): number[] {
  return withAlbums(toLines(messages, null), apart).map(({ album }) => album?.length ?? 1)
}

test('photos of one moment are one album', () => {
  expect(shapes([message({ id: 1 }), photo(2, 1), photo(3, 2), photo(4, 3), photo(5, 9)])).toEqual([1, 4])
})

test('two photos, and photos with a pause between them, stay as they are', () => {
  expect(shapes([photo(1, 0), photo(2, 1)])).toEqual([1, 1])
  expect(shapes([photo(1, 0), photo(2, 30), photo(3, 60)])).toEqual([1, 1, 1])
})

test('a photo with words, of the company, deleted or on its way is none of an album', () => {
  for (const changes of [
    { body: 'Olha' },
    { direction: 'out' },
    { removed_at: '2026-11-21T12:00:00Z' },
    { attachments: [] },
  ] as Partial<Message>[])
    expect(shapes([photo(1, 0), photo(2, 1, changes), photo(3, 2)])).toEqual([1, 1, 1])
})

test('an album can be taken apart', () => {
  expect(shapes([photo(1, 0), photo(2, 1), photo(3, 2)], new Set(['1']))).toEqual([1, 1, 1])
})
