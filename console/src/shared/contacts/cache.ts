/** Writes a contact that came by event, or as the answer to a change, into everything that shows it. */
import type { InfiniteData } from '@tanstack/react-query'
import { queryClient } from '@/shared/api/queryClient'
import type { Contact, Page } from '@/shared/api/types'
import { newest, patchRows } from '@/shared/realtime/rows'

type Pages = InfiniteData<Page<Contact>, string | undefined>

/** Rows that are listed are replaced in place; a search is not answered again for each event. */
export function putContacts(rows: readonly Contact[]): void {
  queryClient.setQueriesData<Pages>({ queryKey: ['contact-list'] }, (known) => {
    if (!known) return known
    return {
      ...known,
      pages: known.pages.map((page) => ({ ...page, results: patchRows(page.results, rows) })),
    }
  })
  for (const { id, is_group } of rows)
    if (is_group) void queryClient.invalidateQueries({ queryKey: ['contact-group', id] })
  // On its page, and beside a conversation.
  for (const row of rows)
    for (const key of [
      ['contact', row.id],
      ['contacts', 'beside-ticket', row.id],
    ])
      queryClient.setQueryData<Contact>(key, (known) => known && newest(known, row))
}

/** Notes are read again where somebody looks at them. */
export function notesChanged(notes: readonly { contact: number }[]): void {
  for (const contact of new Set(notes.map((note) => note.contact)))
    for (const part of ['contact-notes', 'contact-timeline'])
      void queryClient.invalidateQueries({ queryKey: [part, contact] })
}
