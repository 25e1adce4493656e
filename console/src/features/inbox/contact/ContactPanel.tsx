/** Beside the thread: the contact, this ticket, what happened to it, and earlier conversations. */
import { ActionIcon } from '@mantine/core'
import { memo, Suspense } from 'react'
import type { Ticket } from '@/shared/api/types'
import { useTags } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime } from '@/shared/lib/dates'
import { later } from '@/shared/lib/later'
import { Avatar } from '@/shared/ui/Avatar'
import { IconBlocked, IconX } from '@/shared/ui/icons'
import { Failed, Loading } from '@/shared/ui/states'
import { useNow } from '@/shared/ui/TimeAgo'
import { formatLeft, windowOf } from '../composer/window'
import { useContact } from '../data/contact'
import { useTicket } from '../data/tickets'
import { nameOf } from '../list/TicketRow'
import { useInboxParts } from '../parts'
import { Addresses } from './Addresses'
import classes from './ContactPanel.module.css'
import { EarlierTickets } from './EarlierTickets'
import { Fields } from './Fields'
import { History } from './History'
import { NameField } from './NameField'
import { Notes } from './Notes'

const BesideThread = later(() => import('@/shared/contacts/BesideThread'), 'BesideThread')
const GroupSection = later(() => import('@/shared/contacts/GroupSection'), 'GroupSection')

interface ContactPanelProps {
  id: number
  /** Another conversation is open already: nothing may be pressed until the panel has followed. */
  isBehind?: boolean
  /** null where the panel is always there. */
  onClose: (() => void) | null
}

export function ContactPanel({ id, isBehind, onClose }: ContactPanelProps) {
  const { t } = useTranslation('inbox')
  const ticket = useTicket(id)
  return (
    <aside
      className={classes.panel}
      aria-label={t('contact.panel')}
      inert={isBehind}
      data-testid="contact-panel"
    >
      {onClose && (
        <ActionIcon className={classes.close} size={34} aria-label={t('contact.close')} onClick={onClose}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      )}
      {ticket && <Panel key={ticket.contact.id} ticket={ticket} />}
    </aside>
  )
}

/** Not drawn again when the panel only falls behind. */
const Panel = memo(function Panel({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('inbox')
  const { data: contact, error, isPending, refetch } = useContact(ticket.contact.id)
  const name = nameOf(ticket.contact)
  return (
    <>
      <div className={classes.person}>
        <Avatar name={name} size={64} />
        <NameField contact={ticket.contact.id} name={ticket.contact.name} shown={name} />
        {ticket.contact.is_blocked && (
          <span className={classes.blocked}>
            <IconBlocked size={14} aria-hidden /> {t('contact.blocked')}
          </span>
        )}
      </div>
      {isPending && <Loading rows={3} height={44} />}
      {error && !contact && <Failed error={error} onRetry={() => void refetch()} />}
      {contact && (
        <>
          {contact.is_group ? (
            <Suspense>
              <div className={classes.section}>
                <GroupSection contact={contact} />
              </div>
            </Suspense>
          ) : (
            <Addresses contact={contact} />
          )}
          <Facts ticket={ticket} />
          <Fields key={ticket.id} ticket={ticket} />
          <Notes key={contact.id} contact={contact} />
          <Suspense>
            <BesideThread key={contact.id} contact={contact} />
          </Suspense>
        </>
      )}
      <History ticket={ticket.id} />
      <EarlierTickets ticket={ticket} />
    </>
  )
})

function Facts({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('inbox')
  const open = windowOf(ticket, useNow())
  const hasTime = open.state === 'open' || open.state === 'closing'
  const facts: [string, React.ReactNode][] = [
    [t('contact.number'), `#${ticket.number}`],
    [t('contact.status'), t(`status.${ticket.status}`)],
    [t('filters.queue'), ticket.queue ? <Queue key="queue" {...ticket.queue} /> : t('list.noQueue')],
    ...(ticket.priority !== 'normal'
      ? [[t('contact.priority'), t(`priorities.${ticket.priority}`)] as [string, string]]
      : []),
    ...(ticket.tags.length > 0
      ? [[t('contact.tags'), <Tags key="tags" ids={ticket.tags} />] as [string, React.ReactNode]]
      : []),
    ...(ticket.snoozed_at
      ? [
          [
            t('contact.snoozed'),
            ticket.snoozed_until ? formatDateTime(ticket.snoozed_until) : t('contact.untilReply'),
          ] as [string, string],
        ]
      : []),
    [t('contact.agent'), ticket.agent?.name ?? t('list.noAgent')],
    [t('contact.connection'), ticket.connection.name],
    [
      t('contact.window'),
      hasTime
        ? t('window.until', {
            at: formatDateTime(ticket.window_expires_at ?? ''),
            left: formatLeft(open.left),
          })
        : t(`window.${open.state}`),
    ],
    [t('contact.since'), formatDateTime(ticket.created_at)],
  ]
  const { Cost } = useInboxParts()
  return (
    <section className={classes.section}>
      <h3 className={classes.title}>{t('contact.ticket')}</h3>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={classes.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <Suspense>{Cost && <Cost ticket={ticket.id} />}</Suspense>
      </dl>
    </section>
  )
}

function Tags({ ids }: { ids: readonly number[] }) {
  const tags = useTags().filter(({ id }) => ids.includes(id))
  return (
    <span className={classes.tags}>
      {tags.map(({ id, name, color }) => (
        <span key={id} className={classes.queue}>
          <span className={classes.dot} style={{ background: color }} /> {name}
        </span>
      ))}
    </span>
  )
}

function Queue({ name, color }: { name: string; color: string }) {
  return (
    <span className={classes.queue}>
      <span className={classes.dot} style={{ background: color }} /> {name}
    </span>
  )
}
