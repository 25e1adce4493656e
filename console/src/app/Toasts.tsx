/** Where short results appear. */
import '@mantine/notifications/styles.css'
import { useMediaQuery } from '@mantine/hooks'
import { Notifications } from '@mantine/notifications'
import classes from './Toasts.module.css'

export function Toasts() {
  // Over the end of a list: not where somebody writes, nor over the buttons above a conversation.
  const isPhone = useMediaQuery('(max-width: 720px)', undefined, { getInitialValueInEffect: false })
  return (
    <Notifications
      position={isPhone ? 'top-center' : 'bottom-left'}
      limit={3}
      withinPortal={false}
      className={classes.toasts ?? ''}
    />
  )
}
