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
  return useAddress(route.useSearch())
}

/** Without what is open: nothing of the list is drawn again because another conversation is. */
export function useListAddress() {
  const written = route.useSearch({
    select: ({ ticket: _, message: __, panel: ___, ...list }) => JSON.stringify(list),
  })
  return useAddress(useMemo(() => JSON.parse(written) as InboxSearch, [written]))
}

function useAddress(search: InboxSearch) {
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
  const { sort, search: words } = search
  // The address is read anew with each change of it; the list is another one only when the filter differs.
  const written = JSON.stringify(search.filter ?? null)
  const filter = useMemo<TicketFilter>(() => {
    const asked = JSON.parse(written)
    return { tab, ...(asked && { filter: asked }), ...(sort && { sort }), ...(words && { search: words }) }
  }, [tab, written, sort, words])
  const openTicket = useCallback(
    (ticket: number | undefined) => change({ ticket, message: undefined, panel: undefined }),
    [change],
  )
  /** One of the tabs. A filter goes along; that of a view stays with the view. */
  const openTab = useCallback(
    (name: Tab) =>
      void navigate({
        search: (before: InboxSearch) => {
          const rest = before.view ? { view: undefined, filter: undefined, sort: undefined } : {}
          return cleaned({ ...before, ...rest, tab: name })
        },
      }),
    [navigate],
  )
  return { search, tab, filter, change, openTicket, openTab }
}

function cleaned(search: InboxSearch): InboxSearch {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined && value !== ''),
  ) as InboxSearch
}
