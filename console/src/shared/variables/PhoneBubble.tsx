/** A message as the customer's phone shows it. */
import { formatWhatsApp } from '@/shared/lib/formatWhatsApp'
import classes from './variables.module.css'

interface PhoneBubbleProps {
  text: string
  /** From the customer, on the right of their phone. */
  isTheirs?: boolean
}

export function PhoneBubble({ text, isTheirs }: PhoneBubbleProps) {
  return (
    <div className={classes.bubble} data-theirs={isTheirs || undefined}>
      {formatWhatsApp(text)}
    </div>
  )
}
