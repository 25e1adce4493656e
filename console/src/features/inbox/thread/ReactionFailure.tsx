/** Our emoji that did not reach the customer, why, and once more. */
import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { IconWarning } from '@/shared/ui/icons'
import { useReactionChanges } from '../data/actions'
import classes from './Bubble.module.css'

export function ReactionFailure({ message }: { message: Message }) {
  const ours = message.reactions.find(({ by, state }) => by === 'agent' && state === 'failed')
  return ours ? <Notice message={message} emoji={ours.emoji} error={ours.error ?? null} /> : null
}

interface NoticeProps {
  message: Message
  emoji: string
  error: { code: string; detail: string } | null
}

function Notice({ message, emoji, error }: NoticeProps) {
  const { t, exists } = useTranslation('inbox')
  const { react } = useReactionChanges(message.id)
  const known = error && [`failures.codes.${error.code}`, `refusals.${error.code}`].find((key) => exists(key))
  return (
    <div className={classes.failure} data-tone="danger" data-testid={`reaction-failure-${message.id}`}>
      <IconWarning size={15} aria-hidden />
      <div className={classes.reason}>
        <strong>{t('thread.reactionFailed', { emoji })}</strong> {known ? t(known) : error?.detail}
        <span className={classes.remedies}>
          <button type="button" className={classes.remedy} onClick={() => react.mutate(emoji)}>
            {t('failures.retry')}
          </button>
        </span>
      </div>
    </div>
  )
}
