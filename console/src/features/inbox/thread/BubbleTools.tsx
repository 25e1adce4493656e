/** Answer, copy, take back: beside the bubble while the pointer or the focus is there. */
import { Suspense } from 'react'
import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
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

const UNSENT: readonly Message['state'][] = [
  'queued',
  'sending',
  'failed',
  'doubtful',
  'expired',
  'cancelled',
]

export function BubbleTools({ message }: { message: Message }) {
  const { t } = useTranslation('inbox')
  const { onReply, ticket } = useThreadTools()
  const { TranslateTool } = useInboxParts()
  const mayAsk = useCan('ai.use')
  const { cancel } = useMessageChanges(message.id)
  const { id, body, client_id, state, direction, kind } = message
  const isSaved = id > 0
  const mayAnswer =
    onReply && isSaved && direction !== 'internal' && state !== 'cancelled' && state !== 'failed'
  const mayForward = useCan('tickets.write') && isForwardable(message) && !message.removed_at
  const mayReact =
    onReply && isSaved && direction !== 'internal' && !UNSENT.includes(state) && !message.removed_at
  function takeBack(): void {
    if (isSaved) cancel.mutate()
    else if (client_id) removeEntry(client_id)
  }
  return (
    <span className={classes.tools}>
      {mayAnswer && (
        <button
          type="button"
          className={classes.tool}
          aria-label={t('thread.reply')}
          title={t('thread.reply')}
          onClick={() => onReply(message)}
        >
          <IconReply size={16} aria-hidden />
        </button>
      )}
      {mayReact && <ReactTool message={message} />}
      {mayForward && (
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
      {body && (
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
      {TranslateTool && mayAsk && body && isSaved && !message.removed_at && (
        <Suspense>
          <TranslateTool message={message} ticket={ticket} className={classes.tool} />
        </Suspense>
      )}
      {kind === 'note' && body && isSaved && <NoteTools note={message} />}
      {state === 'parked' && isSaved && <ParkedTools message={message} />}
      {(state === 'queued' || state === 'parked') && direction === 'out' && (
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
