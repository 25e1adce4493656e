/** Answer, copy, take back: beside the bubble while the pointer or the focus is there. */
import { Suspense } from 'react'
import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { later } from '@/shared/lib/later'
import { useCan } from '@/shared/session/store'
import { IconCopy, IconForwarded, IconReply, IconX } from '@/shared/ui/icons'
import { toast } from '@/shared/ui/toast'
import { useMessageChanges } from '../data/actions'
import { askForward, isForwardable } from '../forward/forward'
import { removeEntry } from '../outbox/outbox'
import { useInboxParts } from '../parts'
import classes from './Bubble.module.css'
import { NoteTools } from './NoteTools'
import { ParkedTools } from './Parked'
import { ReactTool } from './ReactTool'
import { useThreadTools } from './ThreadContext'

const SentTools = later(() => import('./SentTools'), 'SentTools')

const UNSENT: readonly Message['state'][] = [
  'queued',
  'sending',
  'failed',
  'doubtful',
  'expired',
  'cancelled',
]

/** As wide as in the style sheet. */
const WIDTH = 28

export function BubbleTools({ message }: { message: Message }) {
  const { onReply, isSettled, isChangeable } = useThreadTools()
  const { TranslateTool } = useInboxParts()
  const mayAsk = useCan('ai.use')
  const mayWrite = useCan('tickets.write')
  const { id, body, state, direction, kind } = message
  const isSaved = id > 0
  const isTalk = onReply !== null && isSaved && direction !== 'internal'
  const may = {
    answer: isTalk && state !== 'cancelled' && state !== 'failed',
    forward: mayWrite && isForwardable(message) && !message.removed_at,
    react: isTalk && !UNSENT.includes(state) && !message.removed_at,
    copy: body !== '',
    translate: TranslateTool !== undefined && mayAsk && body !== '' && isSaved && !message.removed_at,
    correct: kind === 'note' && body !== '' && isSaved,
    change: isChangeable && isTalk && direction === 'out' && !UNSENT.includes(state) && !message.removed_at,
    takeBack: (state === 'queued' || state === 'parked') && direction === 'out',
  }
  if (isSettled) return <Tools message={message} may={may} />
  // The room is kept, so that nothing moves when they come.
  const width = WIDTH * Object.values(may).filter(Boolean).length
  return <span className={classes.tools} style={{ width }} />
}

interface ToolsProps {
  message: Message
  may: Record<
    'answer' | 'forward' | 'react' | 'copy' | 'translate' | 'correct' | 'change' | 'takeBack',
    boolean
  >
}

function Tools({ message, may }: ToolsProps) {
  const { t } = useTranslation('inbox')
  const { onReply, ticket } = useThreadTools()
  const { TranslateTool } = useInboxParts()
  const { cancel } = useMessageChanges(message.id)
  const { id, body, client_id, state } = message
  const isSaved = id > 0
  function takeBack(): void {
    if (isSaved) cancel.mutate()
    else if (client_id) removeEntry(client_id)
  }
  return (
    <span className={classes.tools}>
      {may.answer && (
        <button
          type="button"
          className={classes.tool}
          aria-label={t('thread.reply')}
          title={t('thread.reply')}
          onClick={() => onReply?.(message)}
        >
          <IconReply size={16} aria-hidden />
        </button>
      )}
      {may.react && <ReactTool message={message} />}
      {may.forward && (
        <button
          type="button"
          className={classes.tool}
          aria-label={t('forward.forward')}
          title={t('forward.forward')}
          onClick={() => askForward(message)}
        >
          <IconForwarded size={16} aria-hidden />
        </button>
      )}
      {may.copy && (
        <button
          type="button"
          className={classes.tool}
          aria-label={t('thread.copy')}
          title={t('thread.copy')}
          onClick={() => void copyText(body, t('thread.copied'))}
        >
          <IconCopy size={16} aria-hidden />
        </button>
      )}
      {TranslateTool && may.translate && (
        <Suspense>
          <TranslateTool message={message} ticket={ticket} className={classes.tool} />
        </Suspense>
      )}
      {may.correct && <NoteTools note={message} />}
      <Suspense>{may.change && <SentTools message={message} />}</Suspense>
      {state === 'parked' && isSaved && <ParkedTools message={message} />}
      {may.takeBack && (
        <button
          type="button"
          className={classes.tool}
          aria-label={t('thread.takeBack')}
          title={t('thread.takeBack')}
          onClick={takeBack}
        >
          <IconX size={16} aria-hidden />
        </button>
      )}
    </span>
  )
}

export async function copyText(text: string, done: string): Promise<void> {
  await navigator.clipboard.writeText(text)
  void toast({ message: done })
}
