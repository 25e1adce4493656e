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

function Row(props: ComponentProps<'div'>) {
  return <div className={classes.row} {...props} />
}

function Emoji({ emoji, ...props }: { emoji: { emoji: string; label: string; isActive: boolean } }) {
  return (
    <button type="button" className={classes.emoji} data-active={emoji.isActive || undefined} {...props}>
      {emoji.emoji}
    </button>
  )
}
