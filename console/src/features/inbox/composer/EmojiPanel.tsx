/** Emoji with search in the person's language; the data comes from our own address. */
import { EmojiPicker } from 'frimousse'
import type { ComponentProps } from 'react'
import { currentLanguage } from '@/shared/i18n'
import { useTranslation } from '@/shared/i18n/translate'
import classes from './EmojiPanel.module.css'

const LOCALES = { 'pt-BR': 'pt', en: 'en', es: 'es' } as const

export function EmojiPanel({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useTranslation('inbox')
  return (
    <EmojiPicker.Root
      className={classes.root}
      locale={LOCALES[currentLanguage()]}
      emojibaseUrl={`${location.origin}/emoji`}
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
