/** The middle pane: header, messages, composer of the open ticket. */
import { Suspense, useCallback, useEffect } from 'react'
import { type Action, useActions } from '@/shared/actions/registry'
import type { Message, Ticket } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useAfterPaint } from '@/shared/lib/afterPaint'
import { later } from '@/shared/lib/later'
import { useStateOf } from '@/shared/lib/stateOf'
import { watchTicket } from '@/shared/realtime/connection'
import { announce } from '@/shared/ui/announce'
import { Failed } from '@/shared/ui/states'
import { toast } from '@/shared/ui/toast'
import type { Asked } from '../acts/Acts'
import { Composer } from '../composer/Composer'
import { focusComposer } from '../composer/focus'
import { takeTicket } from '../data/actions'
import { useIsRead } from '../data/threads'
import { useOpenTicket } from '../data/tickets'
import { endForward, useForward } from '../forward/forward'
import { nameOf } from '../list/TicketRow'
import { useInboxParts } from '../parts'
import { useTicketSteps } from '../useTicketSteps'
import { useUndo } from '../useUndo'
import classes from './Thread.module.css'
import { ThreadHeader } from './ThreadHeader'
import { ThreadSkeleton } from './ThreadSkeleton'
import { ThreadView } from './ThreadView'
import { useTicketActions } from './ticketActions'
import { useViewer } from './viewer/viewer'

const TransferDialog = later(() => import('./TransferDialog'), 'TransferDialog')
const Acts = later(() => import('../acts/Acts'), 'Acts')
const ForwardDialog = later(() => import('../forward/ForwardDialog'), 'ForwardDialog')
const MediaViewer = later(() => import('./viewer/MediaViewer'), 'MediaViewer')

interface ThreadPaneProps {
  id: number
  onBack: () => void
  onPanel: () => void
}

export function ThreadPane({ id, onBack, onPanel }: ThreadPaneProps) {
  const { t } = useTranslation('inbox')
  const { ticket, error, refetch } = useOpenTicket(id)
  useEffect(() => {
    watchTicket(id)
    return () => watchTicket(null)
  }, [id])
  return (
    <section className={classes.pane} aria-label={t('thread.name')}>
      {ticket ? (
        <OpenThread ticket={ticket} onBack={onBack} onPanel={onPanel} />
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : (
        <ThreadSkeleton />
      )}
    </section>
  )
}

function OpenThread({
  ticket,
  onBack,
  onPanel,
}: {
  ticket: Ticket
  onBack: () => void
  onPanel: () => void
}) {
  const { t } = useTranslation('inbox')
  const actions = useTicketActions(ticket)
  const [replyTo, setReplyTo] = useStateOf<Message | null>(ticket.id, null)
  const [isTransferring, setTransferring] = useStateOf(ticket.id, false)
  const [asked, setAsked] = useStateOf<Asked | null>(ticket.id, null)
  const { busy, run, perform: performOther, transfer } = useTicketSteps(ticket, setAsked)
  const isViewing = useViewer(({ file }) => file !== null)
  const forwarded = useForward(({ message }) => (message?.ticket === ticket.id ? message : null))
  // biome-ignore lint/correctness/useExhaustiveDependencies: given up when the ticket is left
  useEffect(() => endForward, [ticket.id])
  const { Macro, MacroActions } = useInboxParts()
  const [macro, setMacro] = useStateOf<number | 'ask' | null>(ticket.id, null)
  const offerUndo = useUndo()
  const reply = useCallback(
    (message: Message) => {
      setReplyTo(message)
      focusComposer()
    },
    [setReplyTo],
  )
  const isRead = useAfterPaint(ticket.id, useIsRead(ticket.id)) === ticket.id
  function perform(verb: (typeof actions)[number]['verb']): void {
    if (verb === 'transfer') setTransferring(true)
    else if (verb === 'macro') setMacro('ask')
    else performOther(verb)
  }

  useActions([
    ...actions
      .filter(({ refusal }) => refusal === null)
      .map(
        ({ verb, label, icon, shortcut }): Action => ({
          id: `ticket.${verb}`,
          label,
          icon,
          shortcut,
          group: nameOf(ticket.contact),
          perform: () => perform(verb),
        }),
      ),
    {
      id: 'ticket.panel',
      label: t('actions.panel'),
      group: nameOf(ticket.contact),
      shortcut: 'toggleContact',
      perform: onPanel,
    },
    {
      id: 'ticket.leave',
      label: t('thread.back'),
      group: nameOf(ticket.contact),
      shortcut: 'close',
      isHidden: true,
      perform: onBack,
    },
  ])

  return (
    <>
      <ThreadHeader
        ticket={ticket}
        isRead={isRead}
        actions={actions}
        busy={busy}
        onAction={perform}
        onBack={onBack}
        onPanel={onPanel}
      />
      <ThreadView key={ticket.id} ticket={ticket} onReply={ticket.status === 'open' ? reply : null} />
      <Composer
        ticket={ticket}
        replyTo={replyTo}
        onReplyTo={setReplyTo}
        onAccept={() => void run('accept')}
        onReopen={() => void run('reopen')}
        busy={busy}
        isRead={isRead}
      />
      <Suspense>
        {isTransferring && (
          <TransferDialog
            ticket={ticket}
            isBusy={busy === 'transfer'}
            onClose={() => setTransferring(false)}
            onTransfer={async (target) => {
              if (!(await transfer(target))) return
              setTransferring(false)
              announce(t('done.transfer'))
            }}
          />
        )}
        {asked && (
          <Acts
            asked={asked}
            ticket={ticket}
            onClose={() => setAsked(null)}
            onCloseTicket={() => void run('close')}
          />
        )}
        {isViewing && <MediaViewer />}
        {forwarded && (
          <ForwardDialog message={forwarded} connection={ticket.connection.id} onClose={endForward} />
        )}
        {MacroActions && isRead && ticket.status !== 'closed' && (
          <MacroActions ticket={ticket} onChoose={setMacro} />
        )}
        {Macro && macro !== null && (
          <Macro
            ticket={ticket}
            macro={macro === 'ask' ? null : macro}
            onDone={({ ticket: row, can_undo }, name) => {
              setMacro(null)
              takeTicket(row)
              if (can_undo) offerUndo(ticket.id, t('done.macro', { name }))
              else void toast({ message: t('done.macro', { name }) })
            }}
            onClose={() => setMacro(null)}
          />
        )}
      </Suspense>
    </>
  )
}
