/** The list: only the rows in sight exist, and the next page comes before its end is reached. */
import { Checkbox } from '@mantine/core'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import type { Contact } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { ContactRow } from './ContactRow'
import type { Column } from './columns'
import classes from './list.module.css'
import { isChosen, type Selection, toggled, toggledAll } from './selection'

const AHEAD = 20
const ROW_HEIGHT = 52
const GAP = 12
const PADDING = 14

interface ContactListProps {
  contacts: readonly Contact[]
  columns: readonly Column[]
  selection: Selection
  /** null for people who may only look. */
  onSelect: ((selection: Selection) => void) | null
  /** null at the end of the list. */
  onMore: (() => void) | null
}

export function ContactList({ contacts, columns, selection, onSelect, onMore }: ContactListProps) {
  const { t } = useTranslation('contacts')
  const { frame, scroller, margin } = useScroller()
  const view = useRef<VirtualizerHandle>(null)
  const pressed = useRef<number>(undefined)
  const latest = useRef({ contacts, selection, onSelect })
  latest.current = { contacts, selection, onSelect }
  const more = useCallback(() => {
    const list = view.current
    if (!list || !onMore) return
    if (list.findItemIndex(list.scrollOffset + list.viewportSize) >= contacts.length - AHEAD) onMore()
  }, [contacts.length, onMore])
  useEffect(more, [more])
  // The same function for every row and every choice, so that only the rows that changed are drawn.
  const choose = useCallback((id: number, isRange: boolean) => {
    const { contacts, selection, onSelect } = latest.current
    const rows = contacts.map((contact) => contact.id)
    onSelect?.(toggled(selection, id, { rows, from: isRange ? pressed.current : undefined }))
    pressed.current = id
  }, [])
  const ids = contacts.map(({ id }) => id)
  const chosen = ids.filter((id) => isChosen(selection, id)).length
  const check = onSelect ? ['44px'] : []
  const widths = [...check, 'minmax(190px, 1.6fr)', ...columns.map(({ width }) => width)]
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows in sight are placed one by one, which a table cannot do
    <div
      ref={frame}
      role="table"
      aria-label={t('title')}
      aria-rowcount={onMore ? -1 : contacts.length + 1}
      className={classes.table}
      style={{ '--columns': widths.join(' '), '--least': `${least(widths)}px` } as React.CSSProperties}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: nothing to do in the heading but its box */}
      <div role="row" className={classes.heading}>
        {onSelect && (
          <Heading className={classes.check}>
            <Checkbox
              aria-label={t('chooseAll')}
              checked={chosen > 0 && chosen === ids.length}
              indeterminate={chosen > 0 && chosen < ids.length}
              onChange={() => onSelect(toggledAll(selection, ids))}
            />
          </Heading>
        )}
        <Heading>{t('name')}</Heading>
        {columns.map(({ id, label }) => (
          <Heading key={id}>{label}</Heading>
        ))}
      </div>
      <Virtualizer
        ref={view}
        data={contacts}
        itemSize={ROW_HEIGHT}
        scrollRef={scroller}
        startMargin={margin}
        onScroll={more}
        bufferSize={400}
      >
        {(contact) => (
          <ContactRow
            key={contact.id}
            contact={contact}
            columns={columns}
            isChosen={isChosen(selection, contact.id)}
            onChoose={onSelect && choose}
          />
        )}
      </Virtualizer>
    </div>
  )
}

/** Below it the columns no longer fit, and the list scrolls sideways. */
function least(widths: string[]): number {
  const pixels = widths.map((width) => Number(/(\d+)px/.exec(width)?.[1] ?? 0))
  return pixels.reduce((sum, one) => sum + one + GAP, 2 * PADDING - GAP)
}

function Heading({
  className = classes.title,
  children,
}: {
  className?: string | undefined
  children: React.ReactNode
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div role="columnheader" className={className}>
      {children}
    </div>
  )
}

/** The page scrolls, not the list; what stands above the list is measured. */
function useScroller() {
  const frame = useRef<HTMLDivElement>(null)
  const scroller = useRef<HTMLElement | null>(null)
  const [margin, setMargin] = useState(0)
  useLayoutEffect(() => {
    const page = frame.current?.closest('section')
    if (!frame.current || !page) return
    scroller.current = page
    const measure = () => {
      const list = frame.current?.lastElementChild
      if (!list) return
      const above = list.getBoundingClientRect().top - page.getBoundingClientRect().top + page.scrollTop
      setMargin(Math.round(above))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(page)
    for (const part of frame.current.parentElement?.children ?? []) observer.observe(part)
    return () => observer.disconnect()
  }, [])
  return { frame, scroller, margin }
}
