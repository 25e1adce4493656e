/** Moves the messages into another ticket: of the same customer, or of any that is found by number or name. */
import { useState } from 'react'
import type { Ticket } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatWhen } from '@/shared/lib/dates'
import { ConfirmDialog } from '@/shared/ui/ConfirmDialog'
import { useTicketActs } from '../data/acts'
import { useEarlierTickets } from '../data/contact'
import { useFoundTickets } from '../data/found'
import { nameOf } from '../list/TicketRow'
import { useInboxAddress } from '../useInboxAddress'
import { useUndo } from '../useUndo'
import type { ActProps } from './Acts'
import { LatestMessages } from './LatestMessages'
import { PickDialog } from './PickDialog'

export function MergeDialog({ ticket, onClose }: ActProps) {
  const { t } = useTranslation(['acts', 'inbox'])
  const { openTicket } = useInboxAddress()
  const { merge } = useTicketActs(ticket.id)
  const offerUndo = useUndo()
  const [words, setWords] = useState('')
  const [into, setInto] = useState<Ticket | null>(null)
  const { data: theirs = [] } = useEarlierTickets(ticket.contact.id)
  const found = useFoundTickets(words)
  const others = [...new Map([...found, ...theirs].map((other) => [other.id, other])).values()].filter(
    (other) => other.id !== ticket.id && other.merged_into === null,
  )
  const isForeign = into !== null && into.contact.id !== ticket.contact.id

  function confirm(): void {
    if (!into) return
    merge.mutate(
      { into: into.id, isMeant: isForeign },
      {
        onSuccess: (row) => {
          onClose()
          openTicket(row.id)
          offerUndo(row.id, t('merge.done', { number: row.number }))
        },
        onError: () => setInto(null),
      },
    )
  }

  return (
    <>
      <PickDialog
        title={t('merge.title', { number: ticket.number })}
        options={others.map((other) => ({
          id: other.id,
          label: `#${other.number} · ${nameOf(other.contact)}`,
          hint: `${t(`inbox:status.${other.status}`)} · ${formatWhen(other.last_message_at)}`,
        }))}
        onWords={setWords}
        placeholder={t('merge.search')}
        isFound={(id) => found.some((other) => other.id === id)}
        onPick={(id) => setInto(others.find((other) => other.id === id) ?? null)}
        onClose={onClose}
      />
      <ConfirmDialog
        isOpen={into !== null}
        title={t('merge.ask', { number: into?.number })}
        confirmLabel={t('merge.confirm')}
        isDangerous={isForeign}
        isBusy={merge.isPending}
        onConfirm={confirm}
        onClose={() => setInto(null)}
      >
        {isForeign
          ? t('merge.foreign', { one: nameOf(ticket.contact), other: into ? nameOf(into.contact) : '' })
          : t('merge.text', { number: ticket.number, into: into?.number })}
        {into && <LatestMessages ticket={into} />}
      </ConfirmDialog>
    </>
  )
}
