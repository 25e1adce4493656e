/** A titled card of a settings page. */
import type { ReactNode } from 'react'
import classes from './Section.module.css'

interface SectionProps {
  title: string
  description?: ReactNode
  /** At the end of the heading. */
  aside?: ReactNode
  children: ReactNode
}

export function Section({ title, description, aside, children }: SectionProps) {
  return (
    <section className={classes.section}>
      <header className={classes.header}>
        <div className={classes.heading}>
          <h2 className={classes.title}>{title}</h2>
          {description && <p className={classes.description}>{description}</p>}
        </div>
        {aside}
      </header>
      {children}
    </section>
  )
}
