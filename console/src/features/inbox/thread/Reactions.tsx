/** Emoji that people put on a message: one of each with how many, and who on hover. */

import type { Reaction } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import classes from './Bubble.module.css'

export function Reactions({ reactions }: { reactions: readonly Reaction[] }) {
  const { t } = useTranslation('inbox')
  const kinds = [...new Set(reactions.map(({ emoji }) => emoji))]
  const names = reactions
    .map(
      ({ emoji, name, by }) =>
        `${emoji} ${name || t(by === 'contact' ? 'thread.customer' : 'thread.company')}`,
    )
    .join(', ')
  return (
    <span
      className={classes.reactions}
      data-state={reactions.find(({ by }) => by === 'agent')?.state}
      role="img"
      aria-label={t('thread.reactions', { names })}
      title={names}
    >
      {kinds.join('')}
      {reactions.length > kinds.length && <span className={classes.reactionCount}>{reactions.length}</span>}
    </span>
  )
}
