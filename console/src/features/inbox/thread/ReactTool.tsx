/** An emoji on a message: a strip of the usual ones; pressing ours again takes it off. */
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { IconReact } from '@/shared/ui/icons'
import { useReactionChanges } from '../data/actions'
import classes from './Bubble.module.css'

const USUAL = ['👍', '❤️', '😂', '😮', '😢', '🙏', '✅', '🎉']
const EDGE = 8

export function ReactTool({ message }: { message: Message }) {
  const { t } = useTranslation('inbox')
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const { react, takeOff } = useReactionChanges(message.id)
  const ours = message.reactions.find(({ by }) => by === 'agent')
  function choose(emoji: string): void {
    close()
    if (ours?.emoji === emoji && ours.state !== 'failed') takeOff.mutate()
    else react.mutate(emoji)
  }
  function close(): void {
    setOpen(false)
    button.current?.focus()
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className={classes.tool}
        aria-label={t('thread.react')}
        title={t('thread.react')}
        aria-expanded={isOpen}
        data-testid={`react-${message.id}`}
        onClick={() => setOpen((open) => !open)}
      >
        <IconReact size={16} aria-hidden />
      </button>
      {isOpen && (
        <Strip ours={ours?.emoji} onChoose={choose} onClose={close} onLeave={() => setOpen(false)} />
      )}
    </>
  )
}

interface StripProps {
  ours: string | undefined
  onChoose: (emoji: string) => void
  onClose: () => void
  /** The focus went elsewhere. */
  onLeave: () => void
}

function Strip({ ours, onChoose, onClose, onLeave }: StripProps) {
  const { t } = useTranslation('inbox')
  const strip = useRef<HTMLDivElement>(null)
  useEffect(() => strip.current?.querySelector('button')?.focus(), [])
  // Beside a short bubble at the edge of a phone it would lie outside.
  useLayoutEffect(() => {
    const { current } = strip
    if (!current) return
    const { left, right } = current.getBoundingClientRect()
    const shift = Math.max(0, EDGE - left) - Math.max(0, right + EDGE - window.innerWidth)
    current.style.translate = `${shift}px`
  }, [])
  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0
    if (event.key === 'Escape') onClose()
    else if (step === 0) return
    event.preventDefault()
    event.stopPropagation()
    const buttons = [...(strip.current?.querySelectorAll('button') ?? [])]
    const here = buttons.indexOf(document.activeElement as HTMLButtonElement)
    buttons[(here + step + buttons.length) % buttons.length]?.focus()
  }
  return (
    <div
      ref={strip}
      className={classes.strip}
      role="toolbar"
      aria-label={t('thread.react')}
      data-testid="emoji-strip"
      onKeyDown={onKeyDown}
      onBlur={({ relatedTarget, currentTarget }) => currentTarget.contains(relatedTarget) || onLeave()}
    >
      {USUAL.map((emoji) => (
        <button
          key={emoji}
          type="button"
          className={classes.emoji}
          aria-label={emoji}
          aria-pressed={emoji === ours}
          onClick={() => onChoose(emoji)}
        >
          {emoji}
        </button>
      ))}
    </div>
  )
}
