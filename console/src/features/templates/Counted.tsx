/** A label with how much of what fits is written. */
import classes from './editor.module.css'

export function Counted({ label, text, most }: { label: string; text: string; most: number }) {
  return (
    <span className={classes.counted}>
      {label}{' '}
      <span className={classes.count} data-over={text.length > most || undefined}>
        {text.length}/{most}
      </span>
    </span>
  )
}
