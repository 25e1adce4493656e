/** A customer wrote, or something of mine happened: sound, notification, badge, and the number in the title. */
import { queryClient } from '@/shared/api/queryClient'
import type { Notice, NotificationSettings, Ticket } from '@/shared/api/types'
import { refreshCounts, ticketCountsQuery } from '@/shared/directory/counts'
import { watchedTicket } from '@/shared/realtime/connection'
import { currentMe } from '@/shared/session/store'
import { setTitleCount } from '@/shared/ui/Page'
import { isNews } from './news'
import { notify } from './notify'
import { noticeCountQuery, noticeSettingsQuery, noticesRead } from './queries'
import { isQuiet } from './quiet'
import { playSound } from './sound'

type Channel = keyof NotificationSettings['matrix'][string]

const told = new Map<number, number>()

export function ticketsChanged(tickets: readonly Ticket[]): void {
  refreshCounts()
  const me = currentMe()
  if (!me) return
  const around = { me, now: Date.now(), watched: watchedTicket(), isVisible: !document.hidden, told }
  const news = tickets.filter((ticket) => isNews(ticket, around))
  for (const ticket of news) told.set(ticket.id, ticket.last_message?.id ?? 0)
  // What nobody has taken yet is told by its own notification.
  const kinds = new Set(news.map(({ agent }) => (agent ? 'message' : 'new_ticket')))
  if (kinds.size === 0) return
  void ring([...kinds])
  if (me.user.notify_browser && document.hidden) for (const ticket of news) notify(ticket)
}

export function noticesArrived(notices: readonly Notice[]): void {
  void queryClient.invalidateQueries({ queryKey: noticeCountQuery.queryKey })
  void queryClient.invalidateQueries({ queryKey: ['notices'] })
  // A waiting ticket was heard already when it arrived.
  const kinds = notices.map(({ kind }) => kind).filter((kind) => kind !== 'new_ticket')
  if (kinds.length > 0) void ring(kinds)
}

export function noticesChanged(changes: readonly { unread: number }[]): void {
  const last = changes.at(-1)
  if (last) noticesRead(last.unread)
}

/** Plays the chosen sound when one of these kinds may be heard now. */
async function ring(kinds: readonly string[]): Promise<void> {
  const me = currentMe()
  if (!me?.user.notify_sound) return
  const settings = await queryClient.ensureQueryData(noticeSettingsQuery).catch(() => null)
  if (!settings || isQuiet(settings, new Date(), me.company?.timezone ?? 'UTC')) return
  if (kinds.some((kind) => wants(settings, kind, 'sound'))) await playSound(settings.sound, settings.volume)
}

function wants({ matrix }: NotificationSettings, kind: string, channel: Channel): boolean {
  return matrix[kind]?.[channel] ?? false
}

/** Keeps the tab's title and the app's badge at what waits for me. Called once. */
export function followCounts(): void {
  queryClient.getQueryCache().subscribe(({ query }) => {
    if (query.queryKey[0] !== ticketCountsQuery.queryKey[0]) return
    const counts = queryClient.getQueryData(ticketCountsQuery.queryKey)
    const waiting = counts ? counts.mine_unread + counts.waiting_unread : 0
    setTitleCount(waiting)
    showBadge(waiting)
  })
}

let badge = -1

function showBadge(count: number): void {
  if (count === badge || !('setAppBadge' in navigator)) return
  badge = count
  void navigator.setAppBadge(count).catch(() => undefined)
}
