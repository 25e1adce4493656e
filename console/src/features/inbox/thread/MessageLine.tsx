/** One line of the thread: the day or "unread" before it, the bubble on its side, what went wrong below it. */
import { memo, Suspense } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDay } from '@/shared/lib/dates'
import { later } from '@/shared/lib/later'
import { IconLock } from '@/shared/ui/icons'
import { Bubble } from './Bubble'
import classes from './Bubble.module.css'
import { Failure } from './Failure'
import { ReactionFailure } from './ReactionFailure'
import type { Line } from './rows'
import { SystemLine } from './SystemLine'

const Album = later(() => import('./Album'), 'Album')
const ChangeNotice = later(() => import('./ChangeNotice'), 'ChangeNotice')

type MessageLineProps = Omit<Line, 'key'> & { isFlashed: boolean }

export const MessageLine = memo(function MessageLine(props: MessageLineProps) {
  const { message, album, startsDay, startsUnread, isFirst, isLast, isFlashed } = props
  const { t } = useTranslation('inbox')
  return (
    <div className={classes.line} data-first={isFirst || undefined} data-last={isLast || undefined}>
      {startsDay && (
        <div className={classes.divider}>
          <span className={classes.day}>{formatDay(message.at)}</span>
        </div>
      )}
      {startsUnread && (
        <div className={classes.unread} data-testid="unread-divider">
          <span>{t('thread.unreadFrom')}</span>
        </div>
      )}
      {message.kind === 'system' ? (
        <SystemLine message={message} />
      ) : (
        <div className={classes.place} data-direction={message.direction}>
          {message.direction === 'internal' && isFirst && (
            <span className={classes.noteHead}>
              <IconLock size={13} aria-hidden /> {t('kinds.note')} ·{' '}
              {message.author?.name ?? t(message.content.turn ? 'thread.assistant' : 'list.noAgent')}
            </span>
          )}
          {album ? (
            <Suspense>
              <Album messages={album} isLast={isLast} />
            </Suspense>
          ) : (
            <Bubble message={message} isFirst={isFirst} isLast={isLast} isFlashed={isFlashed} />
          )}
          <Failure message={message} />
          <ReactionFailure message={message} />
          <Suspense>{message.content.change ? <ChangeNotice message={message} /> : null}</Suspense>
        </div>
      )}
    </div>
  )
})
