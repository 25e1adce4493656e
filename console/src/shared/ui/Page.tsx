/** The frame of every screen that is not the inbox: heading, actions, scrolling body. */
import type { ReactNode } from 'react'
import { useEffect } from 'react'
import classes from './Page.module.css'

interface PageProps {
  title: string
  /** One sentence under the title, for screens that need explaining. */
  description?: ReactNode
  actions?: ReactNode
  /** Before the title: a way back on phones. */
  back?: ReactNode
  /** `narrow` for forms, `wide` for tables. */
  width?: 'narrow' | 'wide'
  children: ReactNode
}

export function Page({ title, description, actions, back, width = 'wide', children }: PageProps) {
  useTitle(title)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.page} aria-label={title} tabIndex={0}>
      <header className={classes.header} data-width={width}>
        {back}
        <div className={classes.heading}>
          <h1 className={classes.title}>{title}</h1>
          {description && <p className={classes.description}>{description}</p>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      <div className={classes.body} data-width={width}>
        {children}
      </div>
    </section>
  )
}

let unread = 0
let current = ''

/** Names the tab after the screen. */
export function useTitle(title: string): void {
  useEffect(() => {
    current = title
    writeTitle()
  }, [title])
}

/** Puts the number of unread conversations before the tab's title. */
export function setTitleCount(count: number): void {
  unread = count
  writeTitle()
}

function writeTitle(): void {
  document.title = `${unread > 0 ? `(${unread > 99 ? '99+' : unread}) ` : ''}${current ? `${current} · ` : ''}Helpdesk`
}
