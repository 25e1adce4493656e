/** What is wrong with the number of this conversation, while something is. */
import type { Ticket } from '@/shared/api/types'
import { useConnections } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { useTrouble } from '@/shared/i18n/trouble'
import { IconWarning } from '@/shared/ui/icons'
import classes from './Composer.module.css'

/** Messages may be written, but they will wait: better known before than wondered about after. */
export function ConnectionTrouble({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('inbox')
  const trouble = useTrouble()
  const connection = useConnections().find(({ id }) => id === ticket.connection.id)
  if (
    !connection ||
    connection.status === 'connected' ||
    connection.status === 'pending' ||
    ticket.status === 'closed'
  )
    return null
  return (
    <p className={classes.trouble}>
      <IconWarning size={15} aria-hidden />
      <span>
        {t(`trouble.${connection.status}`, { name: connection.name })}{' '}
        {trouble(connection.status_code, connection.status_reason)}
      </span>
    </p>
  )
}
