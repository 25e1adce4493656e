/** The button of the emoji; the panel is fetched with the first press. */
import { Suspense } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { later } from '@/shared/lib/later'
import { IconEmoji } from '@/shared/ui/icons'
import classes from './Composer.module.css'
import { RoundButton } from './RoundButton'

const EmojiPanel = later(() => import('./EmojiPanel'), 'EmojiPanel')

function fetchAhead(): void {
  void import('./EmojiPanel').then(
    ({ fetchNames }) => fetchNames(),
    () => undefined,
  )
}

interface EmojiButtonProps {
  isOpen: boolean
  onToggle: (isOpen: boolean) => void
  onPick: (emoji: string) => void
}

export function EmojiButton({ isOpen, onToggle, onPick }: EmojiButtonProps) {
  const { t } = useTranslation('inbox')
  return (
    <span className={classes.emoji}>
      <RoundButton
        label={t('composer.emoji')}
        keys="emoji"
        icon={IconEmoji}
        testid="emoji"
        aria-expanded={isOpen}
        onPointerEnter={fetchAhead}
        onFocus={fetchAhead}
        onClick={() => onToggle(!isOpen)}
      />
      <Suspense>{isOpen && <EmojiPanel onClose={() => onToggle(false)} onPick={onPick} />}</Suspense>
    </span>
  )
}
