/** Lists of tickets: read page by page, then kept current by events. They hold ids; rows live in `tickets.ts`. */
import { useQuery } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import { api, call, cursorOf } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { Ticket } from '@/shared/api/types'
import { currentMe } from '@/shared/session/store'
import { movesWithTime, needsServer } from '../finding/matches'
import { compareBy } from '../finding/order'
import { belongs, type TicketFilter } from './belongs'
import { throttled } from './throttled'
import { recentTickets, ticketRows } from './tickets'

export interface TicketList {
  ids: readonly number[]
  /** Where the next page starts; null at the end. */
  cursor: string | null
}

/** A list that was scrolled far is read again up to here, not for ever. */
const REREAD = 300
const A_MINUTE = 60_000

export function listKey(filter: TicketFilter) {
  return ['tickets', 'list', filter] as const
}

export function useTicketList(filter: TicketFilter) {
  const query = useQuery({
    queryKey: listKey(filter),
    queryFn: ({ signal }) => readList(filter, signal),
    structuralSharing: false,
    refetchInterval: filter.filter && movesWithTime(filter.filter) ? A_MINUTE : false,
  })
  const isLoading = useRef(false)
  const loadMore = useCallback(async () => {
    const cursor = queryClient.getQueryData<TicketList>(listKey(filter))?.cursor
    if (!cursor || isLoading.current) return
    isLoading.current = true
    try {
      await appendPage(filter, cursor)
    } finally {
      isLoading.current = false
    }
  }, [filter])
  return { ...query, loadMore }
}

async function readList(filter: TicketFilter, signal: AbortSignal): Promise<TicketList> {
  const mark = recentTickets.mark()
  const wanted = Math.min(queryClient.getQueryData<TicketList>(listKey(filter))?.ids.length ?? 0, REREAD)
  const rows: Ticket[] = []
  let cursor: string | undefined
  do {
    const page = await readPage(filter, cursor, signal)
    rows.push(...page.results)
    cursor = cursorOf(page.next)
  } while (cursor && rows.length < wanted)
  ticketRows.put(rows)
  const list = { ids: unique(rows.map(({ id }) => id)), cursor: cursor ?? null }
  const missed = recentTickets.since(mark).map(({ id }) => id)
  return applyChanges(list, missed, filter)
}

async function appendPage(filter: TicketFilter, cursor: string): Promise<void> {
  const page = await readPage(filter, cursor)
  ticketRows.put(page.results)
  queryClient.setQueryData<TicketList>(listKey(filter), (list) => {
    if (list?.cursor !== cursor) return list
    const fresh = page.results.map(({ id }) => id).filter((id) => decide(id, filter) !== false)
    return { ids: unique([...list.ids, ...fresh]), cursor: cursorOf(page.next) ?? null }
  })
}

function readPage(asked: TicketFilter, cursor?: string, signal?: AbortSignal) {
  const query = { ...queryOf(asked), cursor }
  return call(api.GET('/api/tickets/', { params: { query }, signal }))
}

/** A list as the API is asked for it. */
export function queryOf({ tab, filter, sort, search }: TicketFilter) {
  return { tab, sort, search, ...(filter && { filter: JSON.stringify(filter) }) }
}

/** Moves the changed tickets to where they belong in every list that was read. */
export function patchLists(changed: readonly number[]): void {
  for (const [key, list] of queryClient.getQueriesData<TicketList>({ queryKey: ['tickets', 'list'] })) {
    if (!list) continue
    const filter = key[2] as TicketFilter
    const next = applyChanges(list, changed, filter)
    if (next !== list) queryClient.setQueryData(key, next)
    if (isUnsure(filter)) rereadUnsure()
  }
}

const rereadUnsure = throttled(1_000, () => {
  const isMeant = ({ queryKey }: { queryKey: readonly unknown[] }) => isUnsure(queryKey[2] as TicketFilter)
  void queryClient.invalidateQueries({ queryKey: ['tickets', 'list'], predicate: isMeant })
})

/** Only the server can tell what is in it. */
function isUnsure({ search, filter }: TicketFilter): boolean {
  return Boolean(search) || (filter !== undefined && needsServer(filter))
}

/** The same list when nothing moved, so that nothing is drawn again. */
export function applyChanges(list: TicketList, changed: readonly number[], filter: TicketFilter): TicketList {
  if (changed.length === 0) return list
  const moved = new Set(changed)
  const ids = list.ids.filter((id) => !moved.has(id) || decide(id, filter) === null)
  for (const id of moved) if (decide(id, filter) === true) insert(ids, id, list, filter)
  return isSame(ids, list.ids) ? list : { ...list, ids }
}

function insert(ids: number[], id: number, list: TicketList, filter: TicketFilter): void {
  const row = ticketRows.get(id)
  if (!row) return
  const place = placeOf(ids, row, filter)
  // Below the last row that was read lies what the next page will bring.
  const isBeyond = place === ids.length && list.cursor !== null && !list.ids.includes(id)
  if (!isBeyond) ids.splice(place, 0, id)
}

function placeOf(ids: readonly number[], row: Ticket, { sort }: TicketFilter): number {
  const compare = compareBy(sort)
  let low = 0
  let high = ids.length
  while (low < high) {
    const middle = (low + high) >> 1
    const other = ticketRows.get(ids[middle] as number)
    if (other && compare(other, row) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

function decide(id: number, filter: TicketFilter): boolean | null {
  const row = ticketRows.get(id)
  const me = currentMe()
  return row && me ? belongs(row, filter, me) : false
}

function unique(ids: readonly number[]): number[] {
  return [...new Set(ids)]
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index])
}
