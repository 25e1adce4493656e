/** The button of the emoji; the panel is fetched with the first press. */
import { useClickOutside } from '@mantine/hooks'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { IconEmoji } from '@/shared/ui/icons'
import classes from './EmojiPanel.module.css'
import { RoundButton } from './RoundButton'

const EmojiPanel = lazy(() => import('./EmojiPanel').then((module) => ({ default: module.EmojiPanel })))

interface EmojiButtonProps {
  isOpen: boolean
  onToggle: (isOpen: boolean) => void
  onPick: (emoji: string) => void
}

export function EmojiButton({ isOpen, onToggle, onPick }: EmojiButtonProps) {
  const { t } = useTranslation('inbox')
  return (
    <span className={classes.anchor}>
      <RoundButton
        label={t('composer.emoji')}
        keys="emoji"
        icon={IconEmoji}
        testid="emoji"
        aria-expanded={isOpen}
        onClick={() => onToggle(!isOpen)}
      />
      {isOpen && <Panel onClose={() => onToggle(false)} onPick={onPick} />}
    </span>
  )
}

/** Takes the focus while it is open and gives it back afterwards. */
function Panel({ onClose, onPick }: { onClose: () => void; onPick: (emoji: string) => void }) {
  const { t } = useTranslation('inbox')
  const anchor = useRef<HTMLElement | null>(null)
  const frame = useClickOutside<HTMLDivElement>((event) => {
    // The button closes what it opened.
    if (!anchor.current?.contains(event.target as Node)) onClose()
  })
  useEffect(() => {
    anchor.current = frame.current?.parentElement ?? null
    const before = document.activeElement as HTMLElement | null
    return () => before?.focus()
  }, [frame])
  return (
    <div
      ref={frame}
      className={classes.panel}
      role="dialog"
      aria-label={t('composer.emoji')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        onClose()
      }}
    >
      <Suspense fallback={<div className={classes.root} aria-busy />}>
        <EmojiPanel onPick={onPick} />
      </Suspense>
    </div>
  )
}
