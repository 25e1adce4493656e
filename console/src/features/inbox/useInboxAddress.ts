/** The inbox's place in the address, and the ways to change it. */
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { TicketFilter } from './data/belongs'
import type { InboxSearch, Tab } from './search'

interface ChangeOptions {
  replace?: boolean
  /** Only while this ticket is still the open one: the person may have gone on while we waited. */
  ifOpen?: number
}

const route = getRouteApi('/shell/inbox')

export function useInboxAddress() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = useCallback(
    (part: Partial<InboxSearch>, options: ChangeOptions = {}) =>
      void navigate({
        search: (before: InboxSearch) => {
          const isLeft = options.ifOpen !== undefined && before.ticket !== options.ifOpen
          return isLeft ? before : cleaned({ ...before, ...part })
        },
        replace: options.replace ?? false,
      }),
    [navigate],
  )
  const tab: Tab = search.tab ?? 'mine'
  const { queue, unread, search: words } = search
  const filter = useMemo<TicketFilter>(
    () => ({ tab, ...(queue && { queue }), ...(unread && { unread }), ...(words && { search: words }) }),
    [tab, queue, unread, words],
  )
  const openTicket = useCallback(
    (ticket: number | undefined) => change({ ticket, panel: undefined }),
    [change],
  )
  return { search, tab, filter, change, openTicket }
}

function cleaned(search: InboxSearch): InboxSearch {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined && value !== ''),
  ) as InboxSearch
}
