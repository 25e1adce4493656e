/** What the search found, in its groups, while one types. */
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Contact, Hit } from '@/shared/api/types'
import { useCan } from '@/shared/session/store'
import { isPlain } from './operators'
import { contactsQuery, hitsQuery } from './queries'

const PAUSE = 200
const SHORTEST = 2
/** So many pages without a hit are passed over without being asked. */
const EMPTY_PAGES = 8

export interface Findings {
  contacts: readonly Contact[]
  tickets: readonly Hit[]
  messages: readonly Hit[]
  isWorthwhile: boolean
  isSearching: boolean
  hasMore: boolean
  more: () => void
  error: unknown
  retry: () => void
}

export function useFindings(text: string): Findings {
  const typed = text.trim()
  const [words] = useDebouncedValue(typed, PAUSE)
  const isWorthwhile = typed.length >= SHORTEST && words.length >= SHORTEST
  const found = useInfiniteQuery({ ...hitsQuery(words), enabled: isWorthwhile })
  const people = useQuery({
    ...contactsQuery(words),
    enabled: useCan('contacts.read') && isWorthwhile && isPlain(words),
  })
  const pages = found.data?.pages ?? []
  const hits = isWorthwhile ? pages.flatMap(({ results }) => results) : []
  const { hasNextPage, isFetching, fetchNextPage } = found
  const isBarren = isWorthwhile && hits.length === 0 && hasNextPage && pages.length < EMPTY_PAGES
  useEffect(() => {
    if (isBarren && !isFetching) void fetchNextPage()
  }, [isBarren, isFetching, fetchNextPage])
  return {
    contacts: (isWorthwhile && isPlain(words) && people.data) || [],
    tickets: hits.filter(({ message }) => !message),
    messages: hits.filter(({ message }) => message),
    isWorthwhile,
    isSearching: typed.length >= SHORTEST && (words !== typed || isFetching || isBarren),
    hasMore: isWorthwhile && hasNextPage,
    more: () => void fetchNextPage(),
    error: isWorthwhile ? found.error : null,
    retry: () => void found.refetch(),
  }
}
