/** Where an agent writes: answer or private note, files, emoji, voice; or why that is not possible now. */
import { Suspense, useEffect, useState } from 'react'
import { useActions } from '@/shared/actions/registry'
import type { Message, Rendered, Ticket } from '@/shared/api/types'
import { useUsers } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { later } from '@/shared/lib/later'
import { useBoxOf, useStateOf } from '@/shared/lib/stateOf'
import { watchTicket } from '@/shared/realtime/connection'
import { useCan, useMe } from '@/shared/session/store'
import { IconCalendarClock, IconInteractive, IconLock, IconReply, IconX } from '@/shared/ui/icons'
import { useNow } from '@/shared/ui/TimeAgo'
import { sayTyping } from '../data/typing'
import { quoteOf } from '../outbox/bubble'
import { type Draft, enqueue } from '../outbox/outbox'
import { useInboxParts } from '../parts'
import { QuoteText } from '../thread/Quote'
import type { TicketVerb } from '../thread/ticketActions'
import { Answering } from './Answering'
import classes from './Composer.module.css'
import { ComposerHead } from './ComposerHead'
import { DropArea } from './DropArea'
import { toDrafts } from './drafts'
import { Editor } from './Editor'
import { FileTray } from './FileTray'
import { focusComposer } from './focus'
import { takeBackInto } from './handBack'
import { mentionedIn } from './mentions'
import { writingOf } from './mode'
import { Obstacles } from './Obstacles'
import { ParkBar } from './ParkBar'
import { closeTemplates, holdBehindTemplate, park, useTemplates } from './templates'
import { type Mode, useDraft } from './useDraft'
import { useFiles } from './useFiles'
import { useParked } from './useParked'

const ConnectionTrouble = later(() => import('./ConnectionTrouble'), 'ConnectionTrouble')
const Recorder = later(() => import('./Recorder'), 'Recorder')
const Assist = later(() => import('./Assist'), 'Assist')
const TemplateDialog = later(() => import('./TemplateDialog'), 'TemplateDialog')

const WATCH_EVERY = 20_000

interface ComposerProps {
  ticket: Ticket
  replyTo: Message | null
  onReplyTo: (message: Message | null) => void
  onAccept: () => void
  onReopen: () => void
  busy: TicketVerb | null
  /** The conversation is on the page: now there is time for what belongs to it. */
  isRead: boolean
}

export function Composer({ ticket, replyTo, onReplyTo, onAccept, onReopen, busy, isRead }: ComposerProps) {
  const { t } = useTranslation('inbox')
  const me = useMe()
  const draft = useDraft(ticket.id)
  const { files, add, addStored, remove, clear } = useFiles(ticket.id)
  const { Later, Promised, Builder } = useInboxParts()
  const [isLater, setLater] = useStateOf(ticket.id, false)
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  const mayAsk = useCan('ai.use')
  const [building, setBuilding] = useStateOf<Rendered | 'new' | null>(ticket.id, null)
  const [isRecording, setRecording] = useStateOf(ticket.id, false)
  const isChoosing = useTemplates((open) => open.ticket === ticket.id)
  const users = useUsers()
  useEffect(() => {
    // Repeated while the ticket is open: a window that dies is not on anybody's screen a minute later.
    const say = () => watchTicket(ticket.id, draft.mode === 'reply' && draft.text !== '')
    const timer = setInterval(say, WATCH_EVERY)
    return () => clearInterval(timer)
  }, [ticket.id, draft.mode, draft.text])
  const takeBack = useBoxOf<(text: string) => void>(ticket.id, () => {})
  takeBack.current = (text) => {
    draft.setText(draft.text ? `${text}\n${draft.text}` : text)
    focusComposer()
  }
  useEffect(() => takeBackInto(ticket.id, (text) => takeBack.current(text)), [ticket.id, takeBack])
  const { obstacle, mayNote } = writingOf(ticket, me, useNow())
  const isNote = draft.mode === 'note' && mayNote
  const mode: Mode = isNote ? 'note' : 'reply'
  // Outside the window one writes all the same: it waits for the customer's answer.
  const isParking = !isNote && (obstacle === 'window' || obstacle === 'never')
  const isOpen = isNote || isParking || obstacle === null
  const isWaiting = useParked(ticket.id)
  // biome-ignore lint/correctness/useExhaustiveDependencies: closed when the ticket is left
  useEffect(() => closeTemplates, [ticket.id])

  function choose(next: Mode): void {
    draft.setMode(next)
    focusComposer()
  }

  function send(drafts: readonly Draft[]): void {
    if (drafts.length === 0) return
    if (isParking && !isWaiting) {
      holdBehindTemplate(ticket.id, { drafts, onDone: wipe })
      return
    }
    if (isParking) park(ticket.id, drafts, null)
    else enqueue(ticket.id, drafts)
    wipe()
  }

  function wipe(): void {
    sayTyping(ticket.id, false)
    draft.clear()
    clear()
    onReplyTo(null)
    // The button that was pressed has just made way for the microphone.
    focusComposer()
  }

  const written = {
    text: draft.text,
    mode,
    files: isNote ? [] : files.map(({ file }) => file),
    replyTo: replyTo?.id ?? null,
    mentions: isNote ? mentionedIn(draft.text, users) : [],
  }
  const mayRecord = !isNote && (obstacle === null || isParking)
  const group = t('composer.group')
  useActions([
    ...(obstacle === null || mayNote
      ? [
          {
            id: 'composer.reply',
            label: t('composer.reply'),
            group,
            icon: IconReply,
            shortcut: 'reply' as const,
            perform: () => choose('reply'),
          },
        ]
      : []),
    ...(mayNote
      ? [
          {
            id: 'composer.note',
            label: t('composer.note'),
            group,
            icon: IconLock,
            shortcut: 'note' as const,
            perform: () => choose('note'),
          },
        ]
      : []),
    ...(mayNote && Later
      ? [
          {
            id: 'composer.later',
            label: t('composer.later'),
            group,
            icon: IconCalendarClock,
            shortcut: 'later' as const,
            perform: () => setLater(true),
          },
        ]
      : []),
    ...(mayRecord && Builder
      ? [
          {
            id: 'composer.interactive',
            label: t('composer.interactive'),
            group,
            icon: IconInteractive,
            shortcut: 'interactive' as const,
            perform: () => setBuilding('new'),
          },
        ]
      : []),
    ...(mayRecord && !isRecording
      ? [
          {
            id: 'composer.record',
            label: t('recorder.start'),
            group,
            shortcut: 'record' as const,
            perform: () => setRecording(true),
          },
        ]
      : []),
  ])

  return (
    <DropArea isActive={mayRecord} onFiles={(picked) => void add(picked)}>
      <div className={classes.composer} data-note={isNote || undefined}>
        <Suspense>
          {mayNote && mayAsk && (
            <Assist
              ticket={ticket}
              slot={slot}
              text={draft.text}
              isNote={isNote}
              onText={draft.setText}
              onStored={(stored) => void addStored(stored)}
              onBuild={setBuilding}
            />
          )}
        </Suspense>
        {mayNote && <ComposerHead ticket={ticket} mode={mode} onMode={choose} slot={setSlot} />}
        <Suspense>
          <ConnectionTrouble ticket={ticket} />
        </Suspense>
        <Suspense>{Promised && isRead && !isNote && <Promised key={ticket.id} ticket={ticket} />}</Suspense>
        {isOpen && !isNote && <Answering ticket={ticket.id} />}
        {!isOpen && obstacle && obstacle !== 'window' && obstacle !== 'never' && (
          <Obstacles obstacle={obstacle} isBusy={busy !== null} onAccept={onAccept} onReopen={onReopen} />
        )}
        {isParking && <ParkBar ticket={ticket.id} isNever={obstacle === 'never'} isWaiting={isWaiting} />}
        {isOpen && (
          <>
            {replyTo && !isNote && <ReplyBar message={replyTo} onCancel={() => onReplyTo(null)} />}
            {!isNote && <FileTray files={files} onRemove={remove} />}
            {isRecording && mayRecord ? (
              <Suspense>
                <Recorder
                  onCancel={() => setRecording(false)}
                  onSend={(file) => {
                    setRecording(false)
                    send([{ kind: 'media', voice: true, file, reply_to: replyTo?.id ?? null }])
                  }}
                />
              </Suspense>
            ) : (
              <Editor
                ticket={ticket.id}
                mode={mode}
                text={draft.text}
                hasFiles={!isNote && files.length > 0}
                onText={draft.setText}
                onFiles={(picked) => void add(picked)}
                onStored={(stored) => void addStored(stored)}
                isParking={isParking}
                onLater={isNote || !Later ? null : () => setLater(true)}
                onBuild={mayRecord && Builder ? setBuilding : null}
                onSend={() => send(toDrafts(written))}
                onRecord={() => setRecording(true)}
                onEscape={() => onReplyTo(null)}
              />
            )}
          </>
        )}
      </div>
      <Suspense>
        {isChoosing && <TemplateDialog ticket={ticket} />}
        {building && Builder && (
          <Builder
            ticket={ticket}
            text={draft.text}
            start={building === 'new' ? null : building}
            onSend={(message) => {
              setBuilding(null)
              send([{ ...message, reply_to: replyTo?.id ?? null }])
            }}
            onClose={() => {
              setBuilding(null)
              focusComposer()
            }}
          />
        )}
        {isLater && Later && (
          <Later
            ticket={ticket}
            text={draft.text}
            files={written.files}
            onDone={() => {
              setLater(false)
              draft.clear()
              clear()
              focusComposer()
            }}
            onClose={() => setLater(false)}
          />
        )}
      </Suspense>
    </DropArea>
  )
}

function ReplyBar({ message, onCancel }: { message: Message; onCancel: () => void }) {
  const { t } = useTranslation('inbox')
  return (
    <div className={classes.replyBar} data-testid="reply-bar">
      <span className={classes.replyQuote}>
        <QuoteText quote={quoteOf(message)} />
      </span>
      <button
        type="button"
        className={classes.removeFile}
        aria-label={t('composer.cancelReply')}
        onClick={onCancel}
      >
        <IconX size={16} aria-hidden />
      </button>
    </div>
  )
}
