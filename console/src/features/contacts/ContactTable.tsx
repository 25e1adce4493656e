/** Contacts with what identifies them. */
import { Badge } from '@mantine/core'
import type { Contact } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { contactTitle, formatPhone } from '@/shared/lib/phone'
import { Avatar } from '@/shared/ui/Avatar'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import classes from './contacts.module.css'

interface ContactTableProps {
  contacts: readonly Contact[]
  onOpen: (contact: Contact) => void
}

export function ContactTable({ contacts, onOpen }: ContactTableProps) {
  const { t } = useTranslation('contacts')
  return (
    <DataTable
      caption={t('title')}
      columns={useColumns()}
      rows={contacts}
      rowKey={({ id }) => id}
      onOpen={onOpen}
      hasAvatar
    />
  )
}

function useColumns(): Column<Contact>[] {
  const { t } = useTranslation('contacts')
  return [
    {
      key: 'name',
      header: t('name'),
      cell: (contact) => (
        <span className={classes.person}>
          <Avatar name={contactTitle(contact)} size={34} />
          <span className="hd-ellipsis">{contactTitle(contact)}</span>
          {contact.is_blocked && (
            <Badge variant="light" color="red" tt="none" className={classes.badge}>
              {t('blocked')}
            </Badge>
          )}
        </span>
      ),
    },
    {
      key: 'number',
      header: t('number'),
      width: '210px',
      cell: ({ number, username }) => (
        <span className="hd-numbers">
          {number ? (
            formatPhone(number)
          ) : username ? (
            `@${username}`
          ) : (
            <span className="hd-muted">{t('noNumber')}</span>
          )}
        </span>
      ),
    },
    { key: 'email', header: t('email'), width: '26%', cell: ({ email }) => email, isWideOnly: true },
    {
      key: 'since',
      header: t('since'),
      width: '140px',
      cell: ({ created_at }) => <TimeAgo at={created_at} className="hd-muted" />,
      isWideOnly: true,
    },
  ]
}
