/** Who it is, where the ticket stands, and what can be done with it. */
import { ActionIcon, Button } from '@mantine/core'
import { Suspense } from 'react'
import { shortcutOf } from '@/shared/actions/shortcuts'
import type { Ticket } from '@/shared/api/types'
import { useUsers } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { keyText } from '@/shared/lib/hotkeys'
import { later } from '@/shared/lib/later'
import { formatPhone } from '@/shared/lib/phone'
import { usePresence } from '@/shared/realtime/connection'
import { Avatar } from '@/shared/ui/Avatar'
import { Hint } from '@/shared/ui/Hint'
import { IconBack, IconMore, IconProfile } from '@/shared/ui/icons'
import { LazyMenu } from '@/shared/ui/LazyMenu'
import { useTyping } from '../data/typing'
import { useViewersOf } from '../data/viewers'
import { nameOf } from '../list/TicketRow'
import { useInboxParts } from '../parts'
import { Countdown } from '../sla/Countdown'
import { useLayout } from '../useLayout'
import classes from './Thread.module.css'
import type { TicketAction, TicketVerb } from './ticketActions'

const ThreadMenu = later(() => import('./ThreadMenu'), 'ThreadMenu')

interface ThreadHeaderProps {
  ticket: Ticket
  /** The conversation is on the page: now there is time for what belongs to it. */
  isRead: boolean
  actions: readonly TicketAction[]
  busy: TicketVerb | null
  onAction: (verb: TicketVerb) => void
  onBack: () => void
  onPanel: () => void
}

export function ThreadHeader({
  ticket,
  isRead,
  actions,
  busy,
  onAction,
  onBack,
  onPanel,
}: ThreadHeaderProps) {
  const { t } = useTranslation('inbox')
  const layout = useLayout()
  const { Score } = useInboxParts()
  const name = nameOf(ticket.contact)
  const isCompact = layout === 'phone'
  // On phones the composer offers the next step; the header keeps the name readable.
  const buttons = actions.filter(({ isMinor }) => !isMinor && !isCompact)
  const inMenu = actions.filter((action) => !buttons.includes(action))
  return (
    <header className={classes.header}>
      {isCompact && (
        <ActionIcon size={40} aria-label={t('thread.back')} onClick={onBack} data-testid="back">
          <IconBack size={21} aria-hidden />
        </ActionIcon>
      )}
      <div className={classes.person}>
        <Avatar name={name} size={38} />
        <div className={classes.who}>
          <h2 className={classes.name}>
            <button
              type="button"
              className={`${classes.open} hd-ellipsis`}
              onClick={onPanel}
              title={t('contact.open', { name })}
            >
              {name}
            </button>
          </h2>
          <Facts ticket={ticket} isCompact={isCompact} />
        </div>
      </div>
      <div className={classes.buttons}>
        <Together ticket={ticket} />
        {/* A rating is asked for at the end. */}
        <Suspense>{Score && isRead && ticket.status === 'closed' && <Score ticket={ticket.id} />}</Suspense>
        {buttons.map((action) => (
          <ActionButton key={action.verb} action={action} isBusy={busy === action.verb} onAction={onAction} />
        ))}
        {inMenu.length > 0 && (
          <More key={ticket.id} actions={inMenu} onAction={onAction} size={isCompact ? 40 : 34} />
        )}
        {!isCompact && (
          <Hint label={hint(t('actions.panel'), 'toggleContact')}>
            <ActionIcon
              size={34}
              aria-label={t('actions.panel')}
              onClick={onPanel}
              data-testid="toggle-panel"
            >
              <IconProfile size={20} aria-hidden />
            </ActionIcon>
          </Hint>
        )}
      </div>
    </header>
  )
}

/** Who looks at it now, and who takes part in it. */
function Together({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('inbox')
  const viewers = useViewersOf(ticket.id)
  const users = useUsers()
  const shown = [...viewers, ...ticket.participants.filter((id) => !viewers.includes(id))].slice(0, 4)
  if (shown.length === 0) return null
  return (
    <ul className={classes.together} aria-label={t('thread.together')} data-testid="viewers">
      {shown.map((id) => {
        const name = users.find((user) => user.id === id)?.name ?? '?'
        const label = t(viewers.includes(id) ? 'thread.looks' : 'thread.takesPart', { name })
        return (
          <Hint key={id} label={label}>
            <li data-away={!viewers.includes(id) || undefined}>
              <Avatar name={name} size={26} />
              <span className="hd-hidden">{label}</span>
            </li>
          </Hint>
        )
      })}
    </ul>
  )
}

function Facts({ ticket, isCompact }: { ticket: Ticket; isCompact: boolean }) {
  const { t } = useTranslation('inbox')
  const { isContact, names } = useTyping(ticket.id)
  const presence = usePresence(ticket.agent?.id)
  if (isContact || names.length > 0) {
    return (
      <span className={`${classes.facts} ${classes.typing}`}>
        {isContact ? t('typing.contact') : t('typing.many', { count: names.length, name: names[0] })}
      </span>
    )
  }
  const { queue, agent, number, contact } = ticket
  const who = agent
    ? `${agent.name}${presence && presence !== 'online' ? ` (${t(`presence.${presence}`)})` : ''}`
    : t(ticket.awaiting === 'bot' ? 'list.assistant' : 'list.noAgent')
  return (
    <span className={classes.facts}>
      {queue && <span className={classes.dot} style={{ background: queue.color }} />}
      <span className="hd-ellipsis">
        {[
          queue?.name ?? t('list.noQueue'),
          who,
          !isCompact && `#${number}`,
          !isCompact && formatPhone(contact.number),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <Countdown ticket={ticket} />
    </span>
  )
}

interface ActionProps {
  action: TicketAction
  isBusy: boolean
  onAction: (verb: TicketVerb) => void
}

/** The next step of a ticket's life is the filled one. */
function ActionButton({
  action: { verb, label, icon: Sign, shortcut, refusal },
  isBusy,
  onAction,
}: ActionProps) {
  const isMain = verb === 'accept' || verb === 'reopen'
  return (
    <Hint label={refusal ?? hint(label, shortcut)}>
      <Button
        size="sm"
        h={34}
        px={12}
        variant={isMain ? 'filled' : 'default'}
        classNames={{ label: classes.actionLabel ?? '', section: classes.actionSign ?? '' }}
        aria-label={label}
        leftSection={<Sign size={17} stroke={1.7} aria-hidden />}
        loading={isBusy}
        // A button that explains itself must stay reachable, so it is not really disabled.
        data-disabled={refusal ? true : undefined}
        aria-disabled={refusal ? true : undefined}
        data-testid={verb}
        onClick={() => !refusal && onAction(verb)}
      >
        {label}
      </Button>
    </Hint>
  )
}

/** What is not worth a button of its own; on phones, everything. */
function More({
  actions,
  onAction,
  size,
}: Pick<ThreadHeaderProps, 'actions' | 'onAction'> & { size: number }) {
  const { t } = useTranslation('inbox')
  return (
    <LazyMenu
      width={240}
      position="bottom-end"
      button={(onPress) => (
        <ActionIcon
          size={size}
          aria-haspopup="menu"
          aria-label={t('actions.more')}
          data-testid="ticket-menu"
          onClick={onPress}
        >
          <IconMore size={21} aria-hidden />
        </ActionIcon>
      )}
    >
      {() => <ThreadMenu actions={actions} onAction={onAction} />}
    </LazyMenu>
  )
}

function hint(label: string, shortcut: TicketAction['shortcut']): string {
  return `${label}  ${keyText(shortcutOf(shortcut).keys[0])}`
}
