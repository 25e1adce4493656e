/** The steps of a ticket's life, and where the agent's eyes go after each. */

import { queryClient } from '@/shared/api/queryClient'
import type { Ticket } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { announce } from '@/shared/ui/announce'
import { toast } from '@/shared/ui/toast'
import { focusComposer } from './composer/focus'
import { type Transfer, useTicketChanges } from './data/actions'
import { listKey, type TicketList } from './data/lists'
import { focusRow } from './list/focus'
import type { TicketVerb } from './thread/ticketActions'
import { useInboxAddress } from './useInboxAddress'

export function useTicketSteps(ticket: Ticket) {
  const { t } = useTranslation('inbox')
  const { tab, filter, change } = useInboxAddress()
  const changes = useTicketChanges(ticket.id)
  const busy = (Object.keys(changes) as TicketVerb[]).find((verb) => changes[verb].isPending) ?? null

  async function run(verb: Exclude<TicketVerb, 'transfer'>): Promise<void> {
    if (busy) return
    const next = neighbour(queryClient.getQueryData<TicketList>(listKey(filter)), ticket.id)
    const done = await changes[verb].mutateAsync().catch(() => null)
    if (!done) return
    announce(t(`done.${verb}`))
    if (verb === 'unread') {
      // Staying would read it again within a second.
      change({ ticket: undefined, panel: undefined }, { ifOpen: ticket.id })
      focusRow(ticket.id)
      return
    }
    if (verb === 'close') {
      void toast({ message: t('done.close') })
      // What was closed stays in sight, to be reopened; the next conversation is one Enter away.
      if (next !== undefined) focusRow(next)
      return
    }
    if (tab === 'waiting' || tab === 'closed') change({ tab: 'mine' }, { ifOpen: ticket.id })
    focusComposer()
  }

  async function transfer(target: Transfer): Promise<boolean> {
    return changes.transfer.mutateAsync(target).then(
      () => {
        void toast({ message: t('done.transfer') })
        return true
      },
      () => false,
    )
  }

  return { busy, run, transfer }
}

/** The one below, or above at the end of the list. */
export function neighbour(list: TicketList | undefined, id: number): number | undefined {
  const place = list?.ids.indexOf(id) ?? -1
  if (!list || place === -1) return undefined
  return list.ids[place + 1] ?? list.ids[place - 1]
}
