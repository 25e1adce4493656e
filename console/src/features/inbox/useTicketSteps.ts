/** The steps of a ticket's life, and where the agent's eyes go after each. */

import { queryClient } from '@/shared/api/queryClient'
import type { Ticket } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useStateOf } from '@/shared/lib/stateOf'
import { announce } from '@/shared/ui/announce'
import { copyText } from '@/shared/ui/CopyButton'
import { toast } from '@/shared/ui/toast'
import type { Asked } from './acts/Acts'
import { focusComposer } from './composer/focus'
import { isIncomplete, type Transfer, useTicketChanges } from './data/actions'
import { useQuickActs } from './data/acts'
import { listKey, type TicketList } from './data/lists'
import { rememberMissing } from './data/missing'
import { focusRow } from './list/focus'
import type { Step, TicketVerb } from './thread/ticketActions'
import { useInboxAddress } from './useInboxAddress'
import { useUndo } from './useUndo'

const DIALOGS: readonly TicketVerb[] = ['snooze', 'priority', 'tags', 'people', 'merge']

/** `onAsk` opens the dialog of an act that needs more words. */
export function useTicketSteps(ticket: Ticket, onAsk: (asked: Asked) => void) {
  const { t } = useTranslation('inbox')
  const { tab, filter, change } = useInboxAddress()
  const changes = useTicketChanges(ticket.id)
  const { wake, pin } = useQuickActs(ticket.id)
  const offerUndo = useUndo()
  const [busy, setBusy] = useStateOf<Step | null>(ticket.id, null)

  function perform(verb: Exclude<TicketVerb, 'transfer' | 'macro'>): void {
    if (DIALOGS.includes(verb)) onAsk(verb as Asked)
    else if (verb === 'wake') void wake().then((isDone) => isDone && announce(t('done.wake')))
    else if (verb === 'link') void copyLink()
    else if (verb === 'pin' || verb === 'unpin') void pin(verb === 'pin')
    else void run(verb as Exclude<Step, 'transfer'>)
  }

  /** The number stays the same wherever the ticket goes. */
  async function copyLink(): Promise<void> {
    if (await copyText(`${location.origin}/t/${ticket.number}`)) void toast({ message: t('done.link') })
  }

  async function run(verb: Exclude<Step, 'transfer'>): Promise<void> {
    if (busy) return
    const next = neighbour(queryClient.getQueryData<TicketList>(listKey(filter)), ticket.id)
    setBusy(verb)
    const done = await changes[verb]()
      .catch((error: unknown) => {
        if (isIncomplete(error)) {
          rememberMissing(error)
          onAsk('closing')
        }
        return null
      })
      .finally(() => setBusy(null))
    if (!done) return
    announce(t(`done.${verb}`))
    if (verb === 'unread') {
      // Staying would read it again within a second.
      change({ ticket: undefined, panel: undefined }, { ifOpen: ticket.id })
      focusRow(ticket.id)
      return
    }
    if (verb === 'close') {
      offerUndo(ticket.id, t('done.close'))
      // What was closed stays in sight, to be reopened; the next conversation is one Enter away.
      if (next !== undefined) focusRow(next)
      return
    }
    if (verb === 'accept') offerUndo(ticket.id)
    if (tab === 'waiting' || tab === 'closed') change({ tab: 'mine' }, { ifOpen: ticket.id })
    focusComposer()
  }

  async function transfer(target: Transfer): Promise<boolean> {
    setBusy('transfer')
    return changes
      .transfer(target)
      .then(
        () => {
          offerUndo(ticket.id, t('done.transfer'))
          return true
        },
        () => false,
      )
      .finally(() => setBusy(null))
  }

  return { busy, run, perform, transfer }
}

/** The one below, or above at the end of the list. */
export function neighbour(list: TicketList | undefined, id: number): number | undefined {
  const place = list?.ids.indexOf(id) ?? -1
  if (!list || place === -1) return undefined
  return list.ids[place + 1] ?? list.ids[place - 1]
}
