/** How pushes change what is shown of contacts. Small: it is part of what the inbox loads. */
import type { InfiniteData } from '@tanstack/react-query'
import { queryClient } from '@/shared/api/queryClient'
import type {
  Contact,
  ContactImport,
  ContactJob,
  ContactMerge,
  Page,
  Ticket,
  TimelineEntry,
} from '@/shared/api/types'
import { putContacts } from '@/shared/contacts/cache'
import { newest, upsertRows } from '@/shared/realtime/rows'

/** A list that grows all day is read again this often at most. */
const EVERY = 3_000

let waiting: ReturnType<typeof setTimeout> | undefined

/** Somebody new: the lists on screen are read again, others when they are opened. */
export function contactsCreated(): void {
  if (waiting) return
  waiting = setTimeout(() => {
    waiting = undefined
    readAgain('contact-list')
    readAgain('segment-counts')
  }, EVERY)
}

/** Whoever was deleted or merged leaves the lists; a row that only changed stays where it is. */
export function contactsUpdated(rows: readonly Contact[]): void {
  putContacts(rows)
  if (rows.some(({ id, is_deleted }) => is_deleted && isListed(id))) contactsCreated()
  for (const { id } of rows) {
    void queryClient.invalidateQueries({ queryKey: ['contact-evidence', id] })
  }
}

export function jobsUpdated(jobs: readonly ContactJob[]): void {
  queryClient.setQueryData<ContactJob[]>(['contact-jobs'], (known) => known && upsertRows(known, jobs))
  if (jobs.some(({ finished_at }) => finished_at !== null)) contactsCreated()
}

export function importsUpdated(jobs: readonly ContactImport[]): void {
  for (const job of jobs)
    queryClient.setQueryData<ContactImport>(['contact-import', job.id], (known) => newest(known, job))
  readAgain('contact-imports')
  contactsCreated()
}

export function segmentsChanged(): void {
  readAgain('segments')
  readAgain('segment-counts')
}

/** Conversations on a timeline that somebody looks at. */
export function ticketsOfContacts(tickets: readonly Ticket[]): void {
  for (const ticket of tickets)
    queryClient.setQueryData<InfiniteData<Page<TimelineEntry>>>(
      ['contact-timeline', ticket.contact.id],
      (known) =>
        known && {
          ...known,
          pages: known.pages.map((page) => ({
            ...page,
            results: page.results.map((entry) => put(entry, ticket)),
          })),
        },
    )
}

export function ticketsBegun(tickets: readonly Ticket[]): void {
  for (const { contact } of tickets)
    void queryClient.invalidateQueries({ queryKey: ['contact-timeline', contact.id] })
}

/** Two became one, or one became two. */
export function mergesChanged({ survivor, merged }: ContactMerge): void {
  for (const { id } of [survivor, merged])
    for (const part of ['contact', 'contact-evidence', 'contact-timeline', 'contact-notes'])
      void queryClient.invalidateQueries({ queryKey: [part, id] })
  readAgain('contact-list')
  readAgain('contact-duplicates')
}

function put(entry: TimelineEntry, ticket: Ticket): TimelineEntry {
  return entry.kind === 'ticket' && entry.id === ticket.id ? { ...entry, row: { ...ticket } } : entry
}

function isListed(id: number): boolean {
  const lists = queryClient.getQueriesData<InfiniteData<Page<Contact>>>({ queryKey: ['contact-list'] })
  return lists.some(([, list]) => list?.pages.some((page) => page.results.some((row) => row.id === id)))
}

function readAgain(list: string): void {
  void queryClient.invalidateQueries({ queryKey: [list] })
}
