/** Colleagues who see the ticket beside its agent. */
import { useUsers } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { useTicketActs } from '../data/acts'
import type { ActProps } from './Acts'
import { PickDialog } from './PickDialog'

export function PeopleDialog({ ticket, onClose }: ActProps) {
  const { t } = useTranslation('acts')
  const users = useUsers().filter(({ is_active, id }) => is_active && id !== ticket.agent?.id)
  const { join, leave } = useTicketActs(ticket.id)
  return (
    <PickDialog
      title={t('people.title')}
      isMulti
      options={users.map(({ id, name }) => ({ id, label: name, isChosen: ticket.participants.includes(id) }))}
      onPick={(id) => (ticket.participants.includes(id) ? leave.mutate(id) : join.mutate([id]))}
      onClose={onClose}
    />
  )
}
