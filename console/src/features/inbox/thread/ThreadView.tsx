/** The messages of the open ticket. */
import { Button, Loader } from '@mantine/core'
import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Message, Ticket } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { A_MOMENT, afterPaint } from '@/shared/lib/afterPaint'
import { useMe } from '@/shared/session/store'
import { IconArrowDown } from '@/shared/ui/icons'
import { Empty, Failed } from '@/shared/ui/states'
import { compareMessages, leaveThread, useThread } from '../data/threads'
import { toBubble } from '../outbox/bubble'
import { useUnsent } from '../outbox/outbox'
import { useInboxAddress } from '../useInboxAddress'
import { useAlbums } from './album'
import { MessageLine } from './MessageLine'
import { firstUnread, isAnswered, toLines, withAlbums } from './rows'
import classes from './Thread.module.css'
import { ThreadContext } from './ThreadContext'
import { ThreadSkeleton } from './ThreadSkeleton'
import { useAnnounceNew } from './useAnnounceNew'
import { useJump } from './useJump'
import { useMarkRead } from './useMarkRead'
import { useThreadScroll } from './useThreadScroll'

const NONE: readonly Message[] = []

interface ThreadViewProps {
  ticket: Ticket
  onReply: ((message: Message) => void) | null
}

export function ThreadView({ ticket, onReply }: ThreadViewProps) {
  const { t } = useTranslation('inbox')
  const thread = useThread(ticket.id)
  const messages = useMessages(ticket.id, thread.data?.messages ?? NONE)
  const unreadFrom = useUnreadFrom(ticket, thread.data?.messages)
  const me = useMe()
  const apart = useAlbums(({ apart }) => apart)
  const lines = useMemo(() => {
    const from = isAnswered(messages, unreadFrom, me.user.id) ? null : unreadFrom
    return withAlbums(toLines(messages, from), apart)
  }, [messages, unreadFrom, me.user.id, apart])
  const list = useRef<HTMLDivElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const hasOlder = thread.data?.older != null
  const { loadOlder, olderState } = thread
  const older = useCallback(() => void (olderState === 'idle' && loadOlder()), [loadOlder, olderState])
  const scroll = useThreadScroll({ frame, list, lines, hasOlder, loadOlder: older })
  const { jumpTo, flashed } = useJump({ lines, show: scroll.show, hasOlder, loadOlder })
  useLinkedMessage(jumpTo, thread.data !== undefined)
  useMarkRead(ticket, scroll.isAtEnd && thread.data !== undefined)
  useAnnounceNew(messages)
  useEffect(() => () => leaveThread(ticket.id), [ticket.id])
  const isSettled = useSettled(lines.length > 0)
  // Meta's Cloud API has neither corrections nor deletions of what a business sent.
  const isChangeable = ticket.connection.kind !== 'cloud_api'
  const tools = useMemo(
    () => ({ ticket: ticket.id, isSettled, onReply, jumpTo, isChangeable }),
    [ticket.id, isSettled, onReply, jumpTo, isChangeable],
  )

  return (
    <div className={classes.view}>
      <div
        ref={frame}
        className={classes.scroll}
        role="log"
        aria-live="off"
        aria-label={t('thread.name')}
        data-testid="thread"
        onScroll={scroll.onScroll}
      >
        {thread.isPending && <ThreadSkeleton />}
        {thread.error && !thread.data && (
          <Failed error={thread.error} onRetry={() => void thread.refetch()} />
        )}
        {thread.data && lines.length === 0 && <Empty title={t('thread.empty')} />}
        <ThreadContext value={tools}>
          <div className={classes.spring} />
          <div ref={list} className={classes.lines}>
            {lines.slice(scroll.start, scroll.end).map(({ key, ...line }) => (
              <MessageLine key={key} {...line} isFlashed={line.message.id === flashed} />
            ))}
          </div>
        </ThreadContext>
      </div>
      {olderState !== 'idle' && (
        <div className={classes.older} role="status">
          {olderState === 'loading' ? (
            <Loader size={16} aria-label={t('thread.loadingOlder')} />
          ) : (
            <Button size="compact-xs" variant="default" onClick={() => void loadOlder()}>
              {t('thread.retryOlder')}
            </Button>
          )}
        </div>
      )}
      {!scroll.isAtEnd && (
        <button
          type="button"
          className={classes.pill}
          data-new={scroll.missed > 0 || undefined}
          onClick={scroll.toEnd}
          aria-label={scroll.missed > 0 ? undefined : t('thread.toEnd')}
        >
          <IconArrowDown size={17} aria-hidden />
          {scroll.missed > 0 && t('thread.missed', { count: scroll.missed })}
        </button>
      )}
    </div>
  )
}

/** The words are painted first; what one can do with them comes right behind. */
function useSettled(hasLines: boolean): boolean {
  const [isSettled, setSettled] = useState(false)
  useEffect(
    () => (hasLines ? afterPaint(() => startTransition(() => setSettled(true)), A_MOMENT) : undefined),
    [hasLines],
  )
  return isSettled
}

/** A link, or the search, may mean one message of the conversation. */
function useLinkedMessage(jumpTo: (id: number) => void, isRead: boolean): void {
  const { message } = useInboxAddress().search
  useEffect(() => {
    if (message !== undefined && isRead) jumpTo(message)
  }, [message, isRead, jumpTo])
}

/** The server's messages and, after them, those on their way to it. */
function useMessages(ticket: number, sent: readonly Message[]): readonly Message[] {
  const me = useMe()
  const unsent = useUnsent(ticket)
  return useMemo(() => {
    const arrived = new Set(sent.map(({ client_id }) => client_id))
    const waiting = unsent.filter(({ client_id }) => !arrived.has(client_id))
    if (waiting.length === 0) return sent
    const bubbles = waiting.map((entry) =>
      toBubble(
        entry,
        me,
        sent.find(({ id }) => id === entry.reply_to),
      ),
    )
    // What failed stays where it was written; what is on its way is the last thing said, whatever the clocks say.
    const failed = bubbles.filter(({ state }) => state === 'failed')
    const leaving = bubbles.filter(({ state }) => state !== 'failed')
    return [...(failed.length > 0 ? [...sent, ...failed].sort(compareMessages) : sent), ...leaving]
  }, [sent, unsent, me])
}

/** Decided when the thread opens and kept while it is open, although reading it clears the count. */
function useUnreadFrom(ticket: Ticket, messages: readonly Message[] | undefined): number | null {
  const [count] = useState(ticket.unread_count)
  const found = useRef<number | null | undefined>(undefined)
  if (found.current === undefined && messages) found.current = firstUnread(messages, count)
  return found.current ?? null
}
