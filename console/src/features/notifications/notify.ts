/** The browser's own notifications. */
import type { Ticket } from '@/shared/api/types'

export type NotifyPermission = NotificationPermission | 'unsupported'

export function notifyPermission(): NotifyPermission {
  return typeof Notification === 'undefined' ? 'unsupported' : Notification.permission
}

/** Browsers ask the person only after a click; call it from one. */
export async function askPermission(): Promise<NotifyPermission> {
  return typeof Notification === 'undefined' ? 'unsupported' : Notification.requestPermission()
}

/** One notification per conversation: the tag makes a newer one, or another tab's, replace it. */
export function notify({ id, contact, last_message }: Ticket): void {
  if (notifyPermission() !== 'granted') return
  try {
    const shown = new Notification(contact.display_name, {
      body: last_message?.preview,
      tag: `ticket-${id}`,
      icon: '/icon.svg',
      // The sound is ours, and a setting.
      silent: true,
    })
    shown.onclick = () => {
      window.focus()
      openTicket(id)
      shown.close()
    }
  } catch {
    // Chrome on Android only allows notifications from a service worker.
  }
}

let openTicket: (id: number) => void = () => {}

/** The app tells how a notification leads into the inbox. */
export function whenNotificationClicked(open: (id: number) => void): void {
  openTicket = open
}
