/** The dialogs of what can be done with a ticket. Loaded when the first of them is asked for. */
import type { Ticket } from '@/shared/api/types'
import { ClosingDialog } from './ClosingDialog'
import { MergeDialog } from './MergeDialog'
import { PeopleDialog } from './PeopleDialog'
import { PriorityDialog } from './PriorityDialog'
import { SnoozeDialog } from './SnoozeDialog'
import { TagsDialog } from './TagsDialog'

export type Asked = 'snooze' | 'priority' | 'tags' | 'people' | 'merge' | 'closing'

export interface ActProps {
  ticket: Ticket
  onClose: () => void
}

const DIALOGS = {
  snooze: SnoozeDialog,
  priority: PriorityDialog,
  tags: TagsDialog,
  people: PeopleDialog,
  merge: MergeDialog,
}

export function Acts({
  asked,
  onCloseTicket,
  ...props
}: ActProps & { asked: Asked; onCloseTicket: () => void }) {
  if (asked === 'closing') return <ClosingDialog {...props} onCloseTicket={onCloseTicket} />
  const Dialog = DIALOGS[asked]
  return <Dialog {...props} />
}
