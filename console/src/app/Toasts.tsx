/** Where short results appear. */
import '@mantine/notifications/styles.css'
import { Notifications } from '@mantine/notifications'

export function Toasts() {
  return <Notifications position="bottom-center" limit={3} withinPortal={false} />
}
