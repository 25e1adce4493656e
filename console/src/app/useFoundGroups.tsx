/** The found conversations and contacts as lines of the palette. */
import type { SpotlightActionGroupData } from '@mantine/spotlight'
import { useNavigate } from '@tanstack/react-router'
import type { Contact, Ticket } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { contactTitle, formatPhone } from '@/shared/lib/phone'
import { Avatar } from '@/shared/ui/Avatar'
import classes from './CommandPalette.module.css'

interface Found {
  tickets: readonly Ticket[]
  contacts: readonly Contact[]
}

export function useFoundGroups({ tickets, contacts }: Found): SpotlightActionGroupData[] {
  const { t } = useTranslation('app')
  const navigate = useNavigate()
  const groups = [
    {
      group: t('palette.tickets'),
      actions: tickets.map((ticket) => ({
        id: `found.ticket.${ticket.id}`,
        label: contactTitle(ticket.contact),
        description: [t(`palette.status.${ticket.status}`), ticket.queue?.name, ticket.agent?.name]
          .filter(Boolean)
          .join(' · '),
        leftSection: <Avatar name={contactTitle(ticket.contact)} size={30} />,
        rightSection: <span className={classes.number}>#{ticket.number}</span>,
        onClick: () =>
          void navigate({
            to: '/inbox',
            search: { tab: ticket.status === 'closed' ? 'closed' : 'all', ticket: ticket.id },
          }),
      })),
    },
    {
      group: t('palette.contacts'),
      actions: contacts.map((contact) => ({
        id: `found.contact.${contact.id}`,
        label: contactTitle(contact),
        description: [formatPhone(contact.number), contact.username && `@${contact.username}`, contact.email]
          .filter((text) => text && text !== contactTitle(contact))
          .join(' · '),
        leftSection: <Avatar name={contactTitle(contact)} size={30} />,
        onClick: () => void navigate({ to: '/contacts/$contact', params: { contact: String(contact.id) } }),
      })),
    },
  ]
  return groups.filter(({ actions }) => actions.length > 0)
}
