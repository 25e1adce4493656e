/** How urgent a ticket is. */
import { useTranslation } from '@/shared/i18n/translate'
import { useTicketActs } from '../data/acts'
import { useUndo } from '../useUndo'
import type { ActProps } from './Acts'
import { PickDialog } from './PickDialog'

const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const
const COLORS = { urgent: '#e03131', high: '#e8590c', normal: '#868e96', low: '#4dabf7' }

export function PriorityDialog({ ticket, onClose }: ActProps) {
  const { t } = useTranslation('acts')
  const { prioritize } = useTicketActs(ticket.id)
  const offerUndo = useUndo()
  return (
    <PickDialog
      title={t('priority.title')}
      options={PRIORITIES.map((id) => ({
        id,
        label: t(`priorities.${id}`),
        color: COLORS[id],
        isChosen: ticket.priority === id,
      }))}
      onPick={(priority) =>
        prioritize.mutate(priority, {
          onSuccess: () => {
            offerUndo(ticket.id, t('priority.done', { priority: t(`priorities.${priority}`) }))
            onClose()
          },
        })
      }
      onClose={onClose}
    />
  )
}
