/** One line of the search, under the heading of its group when it is the first of it. */
import type { Ref } from 'react'
import type { SearchLine } from './lines'
import classes from './search.module.css'

interface LineProps {
  id: string
  line: SearchLine
  heading: string | null
  isCurrent: boolean
  ref: Ref<HTMLDivElement> | undefined
}

export function Line({ id, line, heading, isCurrent, ref }: LineProps) {
  return (
    <>
      {heading && (
        <div className={classes.heading} role="presentation">
          {heading}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard by the field, which has the focus */}
      <div
        id={id}
        ref={ref}
        role="option"
        tabIndex={-1}
        aria-selected={isCurrent}
        className={classes.line}
        data-current={isCurrent || undefined}
        data-testid={`hit-${line.key}`}
        onMouseDown={(event) => event.preventDefault()}
        onClick={line.perform}
      >
        {line.picture}
        <span className={classes.words}>
          <span className={classes.title}>{line.title}</span>
          {line.text && <span className={classes.text}>{line.text}</span>}
        </span>
        {line.side && <span className={classes.side}>{line.side}</span>}
      </div>
    </>
  )
}
