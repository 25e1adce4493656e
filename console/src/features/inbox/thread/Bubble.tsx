/** A message: quote, content, time and ticks, reactions, and the tools that appear with the pointer or the focus. */

import { Suspense } from 'react'
import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime, formatTime } from '@/shared/lib/dates'
import { later } from '@/shared/lib/later'
import { useCan } from '@/shared/session/store'
import { IconForwarded, IconHourglass, IconPhone } from '@/shared/ui/icons'
import { useInboxParts } from '../parts'
import classes from './Bubble.module.css'
import { BubbleTools } from './BubbleTools'
import { EditedMark, useEarlier } from './Edited'
import { GroupAuthor, isFromGroup } from './GroupAuthor'
import { Held } from './Held'
import { GroupReceipts } from './InGroup'
import { Body } from './kinds/Body'
import { ParkedHint } from './Parked'
import { Quote } from './Quote'
import { Reactions } from './Reactions'
import { Removed } from './Removed'
import { Ticks } from './Ticks'

const EarlierTexts = later(() => import('./EarlierTexts'), 'EarlierTexts')
const Origin = later(() => import('./kinds/Origin'), 'Origin')

interface BubbleProps {
  message: Message
  isFirst: boolean
  isLast: boolean
  isFlashed: boolean
}

export function Bubble({ message, isFirst, isLast, isFlashed }: BubbleProps) {
  const { t } = useTranslation('inbox')
  const earlier = useEarlier(message)
  const { Translated } = useInboxParts()
  const mayAsk = useCan('ai.use')
  const isByPhone = message.content.by_phone === true
  const { id, direction, kind, state, reply_to, is_forwarded, arrived_late, at, reactions, author } = message
  return (
    <div className={classes.with}>
      <article
        className={classes.bubble}
        data-direction={direction}
        data-kind={kind}
        data-last={isLast || undefined}
        data-faded={state === 'cancelled' || undefined}
        data-flash={isFlashed || undefined}
        data-testid={`bubble-${id}`}
        data-message={id}
      >
        <span className="hd-hidden">{speaker()}:</span>
        {isFirst && isFromGroup(message.content) && <GroupAuthor author={message.content.author} />}
        {is_forwarded && (
          <span className={classes.hint}>
            <IconForwarded size={14} aria-hidden /> {t('thread.forwarded')}
          </span>
        )}
        {reply_to && <Quote quote={reply_to} />}
        {(message.content.referral || message.content.product) && direction === 'in' ? (
          <Suspense>
            <Origin content={message.content} />
          </Suspense>
        ) : null}
        {state === 'parked' && <ParkedHint />}
        {message.removed_at ? (
          <Removed message={message}>
            <Body message={message} />
          </Removed>
        ) : (
          <Body message={message} />
        )}
        {Translated && mayAsk && message.body && (
          <Suspense>
            <Translated message={message} />
          </Suspense>
        )}
        <span className={classes.foot}>
          {arrived_late && (
            <span className={classes.late} title={t('thread.lateHelp')}>
              <IconHourglass size={13} aria-hidden /> {t('thread.late')}
            </span>
          )}
          {isByPhone && <IconPhone size={13} aria-label={t('thread.byPhone')} />}
          <EditedMark message={message} earlier={earlier} />
          <time dateTime={at} title={formatDateTime(at)}>
            {formatTime(at)}
          </time>
          {direction === 'out' && <GroupReceipts message={message} />}
          {direction === 'out' && <Ticks id={id} state={state} />}
          <Held message={message} />
        </span>
        {earlier.isOpen && (
          <Suspense>
            <EarlierTexts message={message} />
          </Suspense>
        )}
        {reactions.length > 0 && <Reactions reactions={reactions} />}
      </article>
      <BubbleTools message={message} />
    </div>
  )

  function speaker(): string {
    if (direction === 'in')
      return isFromGroup(message.content) ? message.content.author.name : t('thread.customer')
    if (isByPhone) return t('thread.byPhone')
    return author ? t('thread.by', { name: author.name }) : t('thread.company')
  }
}
