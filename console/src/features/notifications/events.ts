/** A customer wrote: sound, notification, and the number before the tab's title. */
import { queryClient } from '@/shared/api/queryClient'
import type { Ticket } from '@/shared/api/types'
import { refreshCounts, ticketCountsQuery } from '@/shared/directory/counts'
import { watchedTicket } from '@/shared/realtime/connection'
import { currentMe } from '@/shared/session/store'
import { setTitleCount } from '@/shared/ui/Page'
import { isNews } from './news'
import { notify } from './notify'
import { playSound } from './sound'

const told = new Map<number, number>()

export function ticketsChanged(tickets: readonly Ticket[]): void {
  refreshCounts()
  const me = currentMe()
  if (!me) return
  const around = { me, now: Date.now(), watched: watchedTicket(), isVisible: !document.hidden, told }
  const news = tickets.filter((ticket) => isNews(ticket, around))
  for (const ticket of news) told.set(ticket.id, ticket.last_message?.id ?? 0)
  if (news.length === 0) return
  if (me.user.notify_sound) void playSound()
  if (me.user.notify_browser && document.hidden) for (const ticket of news) notify(ticket)
}

/** Keeps the tab's title at what waits for me. Called once. */
export function followCounts(): void {
  queryClient.getQueryCache().subscribe(({ query }) => {
    if (query.queryKey[0] !== ticketCountsQuery.queryKey[0]) return
    const counts = queryClient.getQueryData(ticketCountsQuery.queryKey)
    setTitleCount(counts ? counts.mine_unread + counts.waiting_unread : 0)
  })
}
