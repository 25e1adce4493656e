/** One conversation in the list. */
import { memo } from 'react'
import type { Ticket } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatWhen } from '@/shared/lib/dates'
import { formatPhone } from '@/shared/lib/phone'
import { Avatar } from '@/shared/ui/Avatar'
import {
  IconFlag,
  IconHourglass,
  IconPin,
  IconPostponed,
  IconReply,
  IconUsers,
  IconWarning,
} from '@/shared/ui/icons'
import { TimeAgo, useNow } from '@/shared/ui/TimeAgo'
import { formatLeft, windowOf } from '../composer/window'
import { usePins } from '../data/acts'
import { useServerDraft } from '../data/drafts'
import { readAhead } from '../data/threads'
import { useTicket } from '../data/tickets'
import { useTyping } from '../data/typing'
import { useIsSelected } from '../finding/selection'
import type { Tab } from '../search'
import { Countdown } from '../sla/Countdown'
import { PickBox } from './PickBox'
import { pointAt, pointAway } from './pointing'
import { previewOf } from './preview'
import classes from './TicketRow.module.css'

export const ROW_HEIGHT = 78

interface TicketRowProps {
  id: number
  tab: Tab
  isOpen: boolean
  isTabStop: boolean
  onOpen: (id: number) => void
  onPick: (id: number, isRange: boolean) => void
}

export const TicketRow = memo(function TicketRow(props: TicketRowProps) {
  const { id, tab, isOpen, isTabStop, onOpen, onPick } = props
  const { t } = useTranslation('inbox')
  const ticket = useTicket(id)
  const isChosen = useIsSelected(id)
  if (!ticket) return <div className={classes.row} style={{ height: ROW_HEIGHT }} />
  const name = nameOf(ticket.contact)
  const unread = ticket.unread_count
  return (
    <>
      <button
        type="button"
        className={classes.row}
        style={{ height: ROW_HEIGHT }}
        aria-current={isOpen || undefined}
        tabIndex={isTabStop ? 0 : -1}
        data-ticket={id}
        data-unread={unread > 0 || undefined}
        data-chosen={isChosen || undefined}
        data-testid={`ticket-row-${id}`}
        onPointerEnter={(event) => pointAt(id, event)}
        onPointerLeave={pointAway}
        onPointerDown={() => readAhead(id)}
        onClick={() => onOpen(id)}
      >
        <Avatar name={name} size={40} />
        <span className={classes.lines}>
          <span className={classes.line}>
            <span className={`${classes.name} hd-ellipsis`}>
              {ticket.contact.is_group && (
                <IconUsers size={15} className={classes.group} aria-label={t('contact.kinds.group')} />
              )}
              {name}
            </span>
            {ticket.last_message_at && (
              <time className={classes.time} dateTime={ticket.last_message_at}>
                {formatWhen(ticket.last_message_at)}
              </time>
            )}
          </span>
          <span className={classes.line}>
            <Preview ticket={ticket} isOpen={isOpen} />
            {unread > 0 && (
              <span className={classes.badge} data-testid={`unread-${id}`}>
                <span aria-hidden>{unread > 99 ? '99+' : unread}</span>
                <span className="hd-hidden">{t('list.unread', { count: unread })}</span>
              </span>
            )}
          </span>
          <Facts ticket={ticket} tab={tab} />
        </span>
      </button>
      <PickBox id={id} name={name} onPick={onPick} />
    </>
  )
})

/** What people call the contact; a number is better than nothing. */
export function nameOf(contact: Ticket['contact']): string {
  const { display_name, name, number, username } = contact
  const shown = display_name || name || (username ? `@${username}` : '') || number || '?'
  return /^\+?\d{7,}$/.test(shown) ? formatPhone(shown) : shown
}

function Preview({ ticket, isOpen }: { ticket: Ticket; isOpen: boolean }) {
  const { t } = useTranslation('inbox')
  const { isContact, names } = useTyping(ticket.id)
  const draft = useServerDraft(ticket.id)
  if (isContact) return <span className={classes.typing}>{t('typing.contact')}</span>
  if (names.length > 0)
    return <span className={`${classes.typing} hd-ellipsis`}>{t('typing.one', { name: names[0] })}</span>
  // The one that is open shows what is being written already.
  if (draft?.body && !isOpen)
    return (
      <span className={`${classes.preview} hd-ellipsis`} data-testid={`draft-${ticket.id}`}>
        <em className={classes.draft}>{t('list.draft')}</em> {draft.body}
      </span>
    )
  const preview = previewOf(ticket, t)
  if (!preview) return <span className={classes.preview} />
  const { icon: Sign, text, isOurs } = preview
  const isFailed = ticket.last_message?.state === 'failed' || ticket.last_message?.state === 'doubtful'
  return (
    <span className={classes.preview}>
      {isFailed && <IconWarning size={15} className={classes.failed} aria-label={t('states.failed')} />}
      {isOurs && !isFailed && <IconReply size={14} className={classes.sign} aria-label={t('list.you')} />}
      {Sign && <Sign size={15} stroke={1.7} className={classes.sign} aria-hidden />}
      <span className="hd-ellipsis">{text}</span>
    </span>
  )
}

function Facts({ ticket, tab }: { ticket: Ticket; tab: Tab }) {
  const { t } = useTranslation('inbox')
  const { queue, agent, waiting_since } = ticket
  return (
    <span className={classes.facts}>
      {queue && <span className={classes.dot} style={{ background: queue.color }} />}
      <span className="hd-ellipsis">
        {queue?.name ?? t('list.noQueue')}
        {tab !== 'mine' && agent && ` · ${agent.name}`}
        {ticket.awaiting === 'bot'
          ? ` · ${t('list.assistant')}`
          : (tab === 'all' || tab === 'any') && !agent && ` · ${t('list.noAgent')}`}
      </span>
      <Marks ticket={ticket} />
      <span className={classes.end}>
        <Countdown ticket={ticket} />
        {tab === 'waiting' && waiting_since ? <TimeAgo at={waiting_since} /> : <Closing ticket={ticket} />}
      </span>
    </span>
  )
}

/** Pinned by oneself, urgent, asleep. */
function Marks({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('inbox')
  const isPinned = usePins().includes(ticket.id)
  const isUrgent = ticket.priority === 'urgent' || ticket.priority === 'high'
  return (
    <>
      {isUrgent && (
        <IconFlag
          size={14}
          className={ticket.priority === 'urgent' ? classes.urgent : classes.high}
          aria-label={t(`priorities.${ticket.priority}`)}
        />
      )}
      {ticket.snoozed_at && <IconPostponed size={14} aria-label={t('contact.snoozed')} />}
      {isPinned && <IconPin size={14} aria-label={t('list.pinned')} />}
    </>
  )
}

/** Free answers end soon: a hint while there is still time. */
function Closing({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('inbox')
  const open = windowOf(ticket, useNow())
  if (ticket.status === 'closed' || open.state !== 'closing') return null
  const left = formatLeft(open.left)
  return (
    <span className={classes.closing} title={t('window.closing', { left })}>
      <IconHourglass size={13} aria-hidden />
      <span aria-hidden>{left}</span>
      <span className="hd-hidden">{t('window.closing', { left })}</span>
    </span>
  )
}
