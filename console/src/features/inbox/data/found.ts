/** Tickets that a few words or a number lead to, open ones first. */
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import type { Ticket } from '@/shared/api/types'
import { ticketByNumber } from './byNumber'

const MOST = 10
const NONE: Ticket[] = []

export function useFoundTickets(written: string): Ticket[] {
  const [words] = useDebouncedValue(written.trim(), 250)
  const { data } = useQuery({
    queryKey: ['tickets', 'found', words],
    queryFn: ({ signal }) => find(words, signal),
    enabled: words.length > 1 || /^\d+$/.test(words),
  })
  return data ?? NONE
}

async function find(words: string, signal: AbortSignal): Promise<Ticket[]> {
  const number = Number(words.replace('#', ''))
  const [named, page] = await Promise.all([
    ticketByNumber(number),
    call(
      api.GET('/api/tickets/', { params: { query: { tab: 'all', search: words.replace('#', '') } }, signal }),
    ),
  ])
  const others = page.results.filter(({ id }) => id !== named?.id).slice(0, MOST)
  return named ? [named, ...others] : others
}
