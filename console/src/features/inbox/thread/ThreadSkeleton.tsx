/** Grey bubbles while the first page is on its way; invisible for the first moment. */
import classes from './Thread.module.css'

const WIDTHS = ['46%', '32%', '58%', '38%', '50%', '28%', '42%']

export function ThreadSkeleton() {
  return (
    <div className={classes.bones} aria-hidden>
      {WIDTHS.map((width, index) => (
        <span
          key={width}
          className={classes.bone}
          style={{ width, alignSelf: index % 3 === 1 ? 'flex-end' : 'flex-start' }}
        />
      ))}
    </div>
  )
}
