/** Push messages to this browser: the service worker, the permission and the subscription. */
import { api, call } from '@/shared/api/client'
import { askPermission } from './notify'

export type PushState = 'unsupported' | 'unavailable' | 'denied' | 'off' | 'on'

export function isPushSupported(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
}

/** Registered for everybody: it also shows notifications where pages may not (Chrome on Android). */
export async function startServiceWorker(): Promise<void> {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  await navigator.serviceWorker.register('/sw.js').catch(() => undefined)
}

/** A notification that was clicked, told by the service worker to the tab it brought to the front. */
export function whenPushClicked(open: (ticket: number) => void): void {
  navigator.serviceWorker?.addEventListener('message', ({ data }: MessageEvent) => {
    if (data?.type === 'open-ticket' && typeof data.ticket === 'number') open(data.ticket)
  })
}

export async function pushState(): Promise<PushState> {
  if (!isPushSupported()) return 'unsupported'
  const { key } = await call(api.GET('/api/push-subscriptions/key/'))
  if (!key) return 'unavailable'
  if (Notification.permission === 'denied') return 'denied'
  const registration = await navigator.serviceWorker.ready
  return (await registration.pushManager.getSubscription()) ? 'on' : 'off'
}

/** Asks for the permission, subscribes at the browser's push service and tells the server. */
export async function switchPushOn(): Promise<number> {
  if ((await askPermission()) !== 'granted') throw new Error('denied')
  const { key } = await call(api.GET('/api/push-subscriptions/key/'))
  const registration = await navigator.serviceWorker.ready
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: key,
  })
  const { endpoint, keys } = subscription.toJSON()
  const body = { endpoint: endpoint ?? '', p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' }
  return (await call(api.POST('/api/push-subscriptions/', { body }))).id
}

export async function switchPushOff(): Promise<void> {
  const registration = await navigator.serviceWorker.ready
  const subscription = await registration.pushManager.getSubscription()
  await subscription?.unsubscribe()
}

/** Sends a push to this person's newest browser; answers whether its service took it. */
export async function testPush(): Promise<boolean> {
  const { results } = await call(api.GET('/api/push-subscriptions/'))
  const newest = results[0]
  if (!newest) return false
  const path = { id: newest.id }
  return (await call(api.POST('/api/push-subscriptions/{id}/test/', { params: { path } }))).ok
}
