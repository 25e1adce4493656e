/** A word about the control under the pointer or focus. One bubble serves the whole page. */
import { cloneElement, type ReactElement, useEffect, useState } from 'react'
import classes from './Hint.module.css'

const DELAY = 350
const GAP = 6

type Side = 'right' | 'top'

interface HintProps {
  label: string
  position?: Side
  children: ReactElement<{ 'data-hint'?: string; 'data-hint-side'?: Side }>
}

/** The control keeps its own name; the hint is for eyes. */
export function Hint({ label, position = 'top', children }: HintProps) {
  return cloneElement(children, { 'data-hint': label, 'data-hint-side': position })
}

/** Draws the hints of everything on the page. Mounted once. */
export function HintLayer() {
  const [target, setTarget] = useState<HTMLElement | null>(null)
  useEffect(() => watch(setTarget), [])
  if (!target?.isConnected || !target.dataset.hint) return null
  const { left, top, right, bottom, width, height } = target.getBoundingClientRect()
  const isRight = target.dataset.hintSide === 'right' && right < window.innerWidth / 2
  const isBelow = top < 48
  const place = isRight
    ? { left: right + GAP, top: top + height / 2 }
    : { left: left + width / 2, top: isBelow ? bottom + GAP : top - GAP }
  return (
    <div
      className={classes.hint}
      style={place}
      data-side={isRight ? 'right' : isBelow ? 'bottom' : 'top'}
      data-end={(!isRight && left + width / 2 > window.innerWidth - 120) || undefined}
      aria-hidden
    >
      {target.dataset.hint}
    </div>
  )
}

function watch(show: (target: HTMLElement | null) => void): () => void {
  let timer = 0
  let current: HTMLElement | null = null
  const turnTo = (target: HTMLElement | null, delay: number) => {
    if (target === current) return
    window.clearTimeout(timer)
    current = target
    show(null)
    if (target) timer = window.setTimeout(() => show(target), delay)
  }
  const hide = () => turnTo(null, 0)
  const over = (event: PointerEvent) =>
    event.pointerType === 'touch' ? hide() : turnTo(hintedAt(event.target), DELAY)
  const focus = (event: FocusEvent) => {
    const target = hintedAt(event.target)
    if (target?.matches(':focus-visible')) turnTo(target, 0)
  }
  const key = (event: KeyboardEvent) => event.key === 'Escape' && hide()
  const ears = new AbortController()
  const how = { signal: ears.signal, passive: true }
  document.addEventListener('pointerover', over, how)
  document.addEventListener('pointerdown', hide, how)
  document.addEventListener('focusin', focus, how)
  document.addEventListener('focusout', hide, how)
  document.addEventListener('keydown', key, how)
  return () => {
    window.clearTimeout(timer)
    ears.abort()
  }
}

function hintedAt(node: EventTarget | null): HTMLElement | null {
  return node instanceof Element ? node.closest<HTMLElement>('[data-hint]') : null
}
