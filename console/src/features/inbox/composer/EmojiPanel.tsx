/** Emoji with search in the person's language; the data comes from our own address. */
import { defaultEmojiDataResolver, EmojiPicker } from 'frimousse'
import { type ComponentProps, useEffect, useLayoutEffect, useRef } from 'react'
import { currentLanguage } from '@/shared/i18n'
import { useTranslation } from '@/shared/i18n/translate'
import classes from './EmojiPanel.module.css'

const LOCALES = { 'pt-BR': 'pt', en: 'en', es: 'es' } as const
const FROM = `${location.origin}/emoji`

/** The names come while the pointer is still on its way: who opens the picker finds it full. */
export function fetchNames(): void {
  const names = defaultEmojiDataResolver(LOCALES[currentLanguage()], { emojibaseUrl: FROM })
  void Promise.resolve(names).catch(() => undefined)
}

interface EmojiPanelProps {
  onClose: () => void
  onPick: (emoji: string) => void
}

/** Takes the focus while it is open and gives it back afterwards. */
export function EmojiPanel({ onClose, onPick }: EmojiPanelProps) {
  const { t } = useTranslation('inbox')
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The button beside it closes what it opened, so a press there is not outside.
    const press = ({ target }: PointerEvent) =>
      frame.current?.parentElement?.contains(target as Node) || onClose()
    document.addEventListener('pointerdown', press)
    return () => document.removeEventListener('pointerdown', press)
  }, [onClose])
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null
    return () => before?.focus()
  }, [])
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
      <Picker onPick={onPick} />
    </div>
  )
}

function Picker({ onPick }: Pick<EmojiPanelProps, 'onPick'>) {
  const { t } = useTranslation('inbox')
  return (
    <EmojiPicker.Root
      className={classes.root}
      locale={LOCALES[currentLanguage()]}
      emojibaseUrl={FROM}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
    >
      <EmojiPicker.Search
        className={classes.search}
        aria-label={t('emoji.search')}
        placeholder={t('emoji.search')}
        autoFocus
      />
      <EmojiPicker.Viewport className={classes.viewport}>
        <EmojiPicker.Loading className={classes.hint}>{t('emoji.loading')}</EmojiPicker.Loading>
        <EmojiPicker.Empty className={classes.hint}>{t('emoji.none')}</EmojiPicker.Empty>
        <EmojiPicker.List className={classes.list} components={{ CategoryHeader, Emoji, Row }} />
      </EmojiPicker.Viewport>
    </EmojiPicker.Root>
  )
}

function CategoryHeader({ category, ...props }: { category: { label: string } }) {
  return (
    <div className={classes.category} {...props}>
      {category.label}
    </div>
  )
}

/** The picker counts rows and columns from 0, which assistive technology does not accept. */
function Row({ 'aria-rowindex': index, ...props }: ComponentProps<'div'>) {
  const place = { 'aria-rowindex': index || undefined }
  return <div className={classes.row} {...props} {...place} />
}

interface EmojiProps extends ComponentProps<'button'> {
  emoji: { emoji: string; label: string; isActive: boolean }
}

function Emoji({ emoji, 'aria-colindex': index = 0, ...props }: EmojiProps) {
  const place = { 'aria-colindex': index + 1 }
  return (
    <button
      type="button"
      className={classes.emoji}
      data-active={emoji.isActive || undefined}
      {...props}
      {...place}
    >
      {emoji.emoji}
    </button>
  )
}
