/** Where the copilot meets the conversation: what it may do to the draft and to the ticket. It sends nothing. */
import { Suspense } from 'react'
import type { Attachment, Rendered, Ticket } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { toast } from '@/shared/ui/toast'
import { useTicketChanges } from '../data/actions'
import { useQuickActs } from '../data/acts'
import { enqueue } from '../outbox/outbox'
import { useInboxParts } from '../parts'
import { useUndo } from '../useUndo'
import { toDrafts } from './drafts'
import { focusComposer } from './focus'

interface AssistProps {
  ticket: Ticket
  slot: HTMLElement | null
  text: string
  isNote: boolean
  onText: (text: string) => void
  onStored: (files: readonly Attachment[]) => void
  /** A quick reply with something to tap. */
  onBuild: (reply: Rendered) => void
}

export function Assist({ onStored, onBuild, ...props }: AssistProps) {
  const { ticket, text, onText } = props
  const { t } = useTranslation(['copilot', 'inbox'])
  const { Copilot } = useInboxParts()
  const { tag } = useQuickActs(ticket.id)
  const { transfer } = useTicketChanges(ticket.id)
  const offerUndo = useUndo()
  if (!Copilot) return null
  function note(text: string): void {
    enqueue(ticket.id, toDrafts({ text, mode: 'note', files: [], replyTo: null, mentions: [] }))
    void toast({ message: t('noted') })
  }
  function take(reply: Rendered): void {
    if (reply.kind !== 'text') {
      onBuild(reply)
      return
    }
    onText(text ? `${text}\n${reply.text}` : reply.text)
    onStored(reply.attachments)
  }
  return (
    <Suspense>
      <Copilot
        {...props}
        onFocus={focusComposer}
        onNote={note}
        onReply={take}
        onTag={async (id) => {
          if (await tag([...ticket.tags, id])) void offerUndo(ticket.id, t('tagged'))
        }}
        onQueue={(queue) =>
          void transfer({ queue }).then(
            () => offerUndo(ticket.id, t('inbox:done.transfer')),
            () => undefined,
          )
        }
      />
    </Suspense>
  )
}
