/** Where short results appear. */
import '@mantine/notifications/styles.css'
import { Notifications } from '@mantine/notifications'

export function Toasts() {
  // Never at the bottom: there somebody writes.
  return <Notifications position="top-right" limit={3} withinPortal={false} />
}
