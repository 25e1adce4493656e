/** What a ticket is about: each choice is saved at once. */
import { useTags } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { useTicketActs } from '../data/acts'
import { useUndo } from '../useUndo'
import type { ActProps } from './Acts'
import { PickDialog } from './PickDialog'

export function TagsDialog({ ticket, onClose }: ActProps) {
  const { t } = useTranslation('acts')
  const tags = useTags()
  const { tag } = useTicketActs(ticket.id)
  const offerUndo = useUndo()
  // Tags that were deleted stay on the ticket, unseen.
  const own = ticket.tags.filter((id) => tags.some((one) => one.id === id))
  return (
    <PickDialog
      title={t('tags.title')}
      isMulti
      options={tags.map(({ id, name, color }) => ({ id, label: name, color, isChosen: own.includes(id) }))}
      onPick={(id) =>
        tag.mutate(own.includes(id) ? own.filter((one) => one !== id) : [...own, id], {
          onSuccess: () => offerUndo(ticket.id),
        })
      }
      onClose={onClose}
    />
  )
}
