/** Answers that were begun, on whatever device: the server keeps them, its events keep this table current. */
import { useQuery } from '@tanstack/react-query'
import { api, call, everyPage } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { Draft } from '@/shared/api/types'
import { newest } from '@/shared/realtime/rows'

type Drafts = Readonly<Record<number, Draft>>

const draftsKey = ['tickets', 'drafts'] as const

async function readDrafts(): Promise<Drafts> {
  const rows = await everyPage<Draft>((cursor) =>
    call(api.GET('/api/drafts/', { params: { query: { cursor } } })),
  )
  return Object.fromEntries(rows.map((row) => [row.ticket, row]))
}

/** Emptied ones stay in the table, so that an older version never comes back. */
export function useServerDraft(ticket: number): Draft | undefined {
  const { data } = useQuery({
    queryKey: draftsKey,
    queryFn: readDrafts,
    staleTime: 300_000,
    select: (drafts) => drafts[ticket],
  })
  return data
}

export function draftsChanged(rows: readonly Draft[]): void {
  queryClient.setQueryData<Drafts>(draftsKey, (known) => {
    if (!known) return known
    const next = { ...known }
    for (const row of rows) next[row.ticket] = newest(known[row.ticket], row)
    return next
  })
}

/** Not worth a word when it fails: this browser keeps it as well. */
export async function keepDraft(ticket: number, body: string, mode: Draft['mode']): Promise<void> {
  const params = { path: { id: ticket } }
  try {
    if (body)
      draftsChanged([await call(api.PUT('/api/tickets/{id}/draft/', { params, body: { body, mode } }))])
    else if (queryClient.getQueryData<Drafts>(draftsKey)?.[ticket]?.body)
      await api.DELETE('/api/tickets/{id}/draft/', { params })
  } catch {
    // The next key that is pressed tries again.
  }
}
