/** The state of a number: an icon and a word, never colour alone. */

import type { Connection } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { type Icon, IconDone, IconFailed, IconHourglass, IconWarning } from '@/shared/ui/icons'
import classes from './connections.module.css'

const SIGNS: Record<Connection['status'], Icon> = {
  pending: IconHourglass,
  connected: IconDone,
  held: IconWarning,
  disconnected: IconFailed,
}

export function StatusBadge({ status }: { status: Connection['status'] }) {
  const { t } = useTranslation('connections')
  const Sign = SIGNS[status]
  return (
    <span className={classes.status} data-status={status}>
      <Sign size={16} aria-hidden /> {t(`statuses.${status}`)}
    </span>
  )
}
