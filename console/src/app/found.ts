/** What the palette finds on the server: conversations and contacts, while one types. */
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import type { Contact, Ticket } from '@/shared/api/types'
import { useCan } from '@/shared/session/store'

const PAUSE = 200
const MOST = 6
const SHORTEST = 2
const NUMBER = /^#\d+$/

interface Found {
  tickets: Ticket[]
  contacts: Contact[]
  isSearching: boolean
  error: unknown
  retry: () => void
}

export function useFound(query: string): Found {
  const typed = query.trim()
  const [words] = useDebouncedValue(typed, PAUSE)
  const isWorthwhile = words.length >= SHORTEST && typed.length >= SHORTEST
  const tickets = useQuery({
    ...ticketsQuery(words),
    enabled: useCan('tickets.read') && isWorthwhile,
  })
  const contacts = useQuery({
    ...contactsQuery(words),
    enabled: useCan('contacts.read') && isWorthwhile && !NUMBER.test(words),
  })
  const isWaiting = isWorthwhile && (words !== typed || tickets.isFetching || contacts.isFetching)
  return {
    tickets: (isWorthwhile && tickets.data) || [],
    contacts: (isWorthwhile && !NUMBER.test(typed) && contacts.data) || [],
    isSearching: isWaiting || (typed.length >= SHORTEST && words !== typed),
    error: isWorthwhile ? (tickets.error ?? contacts.error) : null,
    retry: () => {
      void tickets.refetch()
      void contacts.refetch()
    },
  }
}

// A request that the next letter makes useless is given up: the signal is aborted.
const shared = { staleTime: 10_000, placeholderData: keepPreviousData, retry: false } as const

function ticketsQuery(search: string) {
  return queryOptions({
    ...shared,
    queryKey: ['palette', 'tickets', search],
    queryFn: async ({ signal }): Promise<Ticket[]> => {
      const tabs = (['all', 'closed'] as const).map((tab) =>
        call(api.GET('/api/tickets/', { params: { query: { tab, search } }, signal })),
      )
      return (await Promise.all(tabs)).flatMap(({ results }) => results).slice(0, MOST)
    },
  })
}

function contactsQuery(search: string) {
  return queryOptions({
    ...shared,
    queryKey: ['palette', 'contacts', search],
    queryFn: async ({ signal }): Promise<Contact[]> =>
      (await call(api.GET('/api/contacts/', { params: { query: { search } }, signal }))).results.slice(
        0,
        MOST,
      ),
  })
}
