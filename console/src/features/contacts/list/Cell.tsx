/** One fact about a contact, in its column. */
import type { Contact } from '@/shared/api/types'
import { useFields, useUsers } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { formatPhone } from '@/shared/lib/phone'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import type { ColumnId } from './columns'
import { TagDots } from './TagDots'

export function Cell({ contact, column }: { contact: Contact; column: ColumnId }) {
  switch (column) {
    case 'number':
      return <PhoneNumber contact={contact} />
    case 'email':
      return <>{contact.email}</>
    case 'tags':
      return <TagDots ids={contact.tags} />
    case 'owner':
      return <Owner id={contact.owner} />
    case 'active':
      return <TimeAgo at={contact.last_active_at} className="hd-muted" />
    case 'since':
      return <TimeAgo at={contact.created_at} className="hd-muted" />
    default:
      return <OwnField contact={contact} name={column.slice('field:'.length)} />
  }
}

function PhoneNumber({ contact: { number, username } }: { contact: Contact }) {
  const { t } = useTranslation('contacts')
  if (number) return <span className="hd-numbers">{formatPhone(number)}</span>
  return username ? <>@{username}</> : <span className="hd-muted">{t('noNumber')}</span>
}

function Owner({ id }: { id: number | null }) {
  const users = useUsers()
  return <>{users.find((user) => user.id === id)?.name}</>
}

function OwnField({ contact, name }: { contact: Contact; name: string }) {
  const { t } = useTranslation('contacts')
  const field = useFields('contact').find(({ key }) => key === name)
  const value = contact.custom_fields[name]
  if (!field || value === undefined || value === null) return null
  if (typeof value === 'boolean') return <>{t(value ? 'yes' : 'no')}</>
  return <>{Array.isArray(value) ? value.join(', ') : String(value)}</>
}
