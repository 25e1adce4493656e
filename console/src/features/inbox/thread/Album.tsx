/** Photos that were sent at once: a grid; pressing one opens it large, and the arrows lead to the others. */

import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime, formatTime } from '@/shared/lib/dates'
import classes from './Album.module.css'
import { showApart } from './album'
import bubble from './Bubble.module.css'
import { openViewer } from './viewer/viewer'

const SHOWN = 4

export function Album({ messages, isLast }: { messages: readonly Message[]; isLast: boolean }) {
  const { t } = useTranslation('inbox')
  const [first, last] = [messages[0], messages.at(-1)]
  if (!first || !last) return null
  const more = messages.length - SHOWN
  return (
    <article
      className={bubble.bubble}
      data-direction="in"
      data-kind="image"
      data-last={isLast || undefined}
      data-testid={`album-${first.id}`}
    >
      <span className="hd-hidden">
        {t('thread.customer')}: {t('album.name', { count: messages.length })}
      </span>
      <span className={classes.grid} data-count={Math.min(messages.length, SHOWN)}>
        {messages.slice(0, SHOWN).map(({ id, ticket, attachments: [file] }, index) => (
          <button
            key={id}
            type="button"
            className={classes.tile}
            aria-label={t('viewer.openImage', { caption: `${index + 1}/${messages.length}` })}
            onClick={() => file && openViewer(ticket, file.id)}
            data-message={id}
          >
            <img src={file?.thumbnail_url ?? file?.url} alt="" loading="lazy" decoding="async" />
            {index === SHOWN - 1 && more > 0 && <span className={classes.more}>+{more}</span>}
          </button>
        ))}
      </span>
      <span className={bubble.foot}>
        <button
          type="button"
          className={classes.apart}
          onClick={() => showApart(first.client_id ?? String(first.id))}
        >
          {t('album.separate')}
        </button>
        <time dateTime={last.at} title={formatDateTime(last.at)}>
          {formatTime(last.at)}
        </time>
      </span>
    </article>
  )
}
