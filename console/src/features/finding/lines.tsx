/** Everything the search shows as lines to walk through: completions first, then what was found. */
import { useLocation, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Contact, Hit } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatWhen } from '@/shared/lib/dates'
import { contactTitle, formatPhone } from '@/shared/lib/phone'
import { closeSearch } from '@/shared/search/overlay'
import { Avatar } from '@/shared/ui/Avatar'
import { IconLock, IconMicrophone, IconReply } from '@/shared/ui/icons'
import { Marked } from './Marked'
import classes from './search.module.css'
import type { Findings } from './useFindings'
import type { Suggestion } from './useSuggestions'

export interface SearchLine {
  key: string
  group: string
  isFound: boolean
  picture: ReactNode
  title: ReactNode
  text: ReactNode
  side: string
  perform: () => void
}

interface LinesOptions {
  suggestions: readonly Suggestion[]
  findings: Findings
  onSuggest: (value: string) => void
}

export function useLines({ suggestions, findings, onSuggest }: LinesOptions): SearchLine[] {
  const { t } = useTranslation('finding')
  const open = useOpen()
  const { contacts, tickets, messages, hasMore, more } = findings

  const completion = ({ value, label, hint, color }: Suggestion): SearchLine => ({
    key: `suggestion.${value}`,
    group: t('search.complete'),
    isFound: false,
    picture: <span className={classes.dot} style={{ background: color ?? 'transparent' }} />,
    title: label,
    text: null,
    side: hint ?? '',
    perform: () => onSuggest(value),
  })
  const contact = (row: Contact): SearchLine => ({
    key: `contact.${row.id}`,
    group: t('search.contacts'),
    isFound: true,
    picture: <Avatar name={contactTitle(row)} size={32} />,
    title: contactTitle(row),
    text: [formatPhone(row.number), row.email].filter((one) => one && one !== contactTitle(row)).join(' · '),
    side: '',
    perform: () => open.contact(row.id),
  })
  const hit = (row: Hit): SearchLine => ({
    key: row.message ? `message.${row.message.id}` : `ticket.${row.ticket.id}`,
    group: t(row.message ? 'search.messages' : 'search.tickets'),
    isFound: true,
    picture: <Avatar name={contactTitle(row.ticket.contact)} size={32} />,
    title: (
      <>
        <span className="hd-ellipsis">{contactTitle(row.ticket.contact)}</span>
        <span className={classes.number}>#{row.ticket.number}</span>
      </>
    ),
    text: (
      <>
        <Where hit={row} />
        <Marked text={row.snippet} marks={row.marks} />
      </>
    ),
    side: formatWhen(row.at),
    perform: () => open.ticket(row),
  })
  const further: SearchLine = {
    key: 'more',
    group: t('search.messages'),
    isFound: false,
    picture: null,
    title: t('search.more'),
    text: null,
    side: '',
    perform: more,
  }
  return [
    ...suggestions.map(completion),
    ...contacts.map(contact),
    ...tickets.map(hit),
    ...messages.map(hit),
    ...(hasMore && (tickets.length > 0 || messages.length > 0) ? [further] : []),
  ]
}

/** Who said it: a colleague, a note among colleagues, a voice. */
function Where({ hit: { message, found_in } }: { hit: Hit }) {
  const { t } = useTranslation('finding')
  if (!message) return null
  if (found_in === 'note') return <IconLock size={14} aria-label={t('search.note')} />
  if (found_in === 'transcript') return <IconMicrophone size={14} aria-label={t('search.transcript')} />
  if (message.direction === 'out')
    return <IconReply size={14} aria-label={message.author_name ?? t('search.company')} />
  return null
}

/** Inside the inbox the list stays as it is; from elsewhere the one opens that has the conversation. */
function useOpen() {
  const navigate = useNavigate()
  const isInbox = useLocation({ select: ({ pathname }) => pathname === '/inbox' })
  return {
    ticket: ({ ticket, message }: Hit) => {
      closeSearch()
      const tab = ticket.status === 'closed' ? 'closed' : 'all'
      void navigate({
        to: '/inbox',
        search: (before) => ({
          ...(isInbox ? listOf(before) : { tab }),
          ticket: ticket.id,
          ...(message && { message: message.id }),
        }),
      })
    },
    contact: (id: number) => {
      closeSearch()
      void navigate({ to: '/contacts/$contact', params: { contact: String(id) } })
    },
  }
}

/** The address without what was open in it. */
function listOf(before: object): Record<string, unknown> {
  const { ticket, message, panel, ...list } = before as Record<string, unknown>
  return list
}
