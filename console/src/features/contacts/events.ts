/** How pushes change the contact list. */
import type { InfiniteData } from '@tanstack/react-query'
import { queryClient } from '@/shared/api/queryClient'
import type { Contact, Page } from '@/shared/api/types'
import { patchRows } from '@/shared/realtime/rows'

type Pages = InfiniteData<Page<Contact>, string | undefined>

/** Rows that are listed are replaced in place; a search is not answered again for each event. */
export function contactsUpdated(rows: readonly Contact[]): void {
  queryClient.setQueriesData<Pages>({ queryKey: ['contact-list'] }, (known) => {
    if (!known) return known
    return {
      ...known,
      pages: known.pages.map((page) => ({ ...page, results: patchRows(page.results, rows) })),
    }
  })
}

/** Somebody new: the lists on screen are read again, others when they are opened. */
export function contactsCreated(): void {
  void queryClient.invalidateQueries({ queryKey: ['contact-list'] })
}
