/** The service worker: shows what is pushed while no console is in front, and leads a click to the ticket. */
import { type Pushed, wordsOf } from './words'

/** What this file needs of the worker's globals; the rest of the console is typed for pages. */
interface WorkerClient {
  url: string
  visibilityState: string
  focus(): Promise<WorkerClient>
  postMessage(message: unknown): void
}
interface Worker {
  registration: ServiceWorkerRegistration
  clients: {
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<WorkerClient[]>
    openWindow(url: string): Promise<WorkerClient | null>
    claim(): Promise<void>
  }
  skipWaiting(): Promise<void>
  addEventListener(type: string, listener: (event: WorkerEvent) => void): void
}
interface WorkerEvent {
  data: { json(): unknown } | null
  notification: Notification
  waitUntil(work: Promise<unknown>): void
}

const worker = self as unknown as Worker

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()))
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))
worker.addEventListener('push', (event) => event.waitUntil(show(event.data?.json() as Pushed)))
worker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(open(event.notification.data?.ticket ?? null))
})

async function show(pushed: Pushed): Promise<void> {
  const { title, body } = wordsOf(pushed)
  await worker.registration.showNotification(title, {
    body,
    tag: pushed.ticket ? `ticket-${pushed.ticket}` : pushed.kind,
    icon: '/icon.svg',
    data: { ticket: pushed.ticket },
  })
}

/** The tab that is open already, else a new one. */
async function open(ticket: number | null): Promise<void> {
  const tabs = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const tab = tabs.find(({ visibilityState }) => visibilityState === 'visible') ?? tabs[0]
  if (!tab) {
    await worker.clients.openWindow(ticket ? `/inbox?ticket=${ticket}` : '/inbox')
    return
  }
  await tab.focus()
  if (ticket) tab.postMessage({ type: 'open-ticket', ticket })
}
