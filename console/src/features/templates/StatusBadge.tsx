/** What WhatsApp says of a template: an icon and a word, never colour alone. */
import type { Template } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import {
  type Icon,
  IconDone,
  IconEdit,
  IconFailed,
  IconHourglass,
  IconLock,
  IconWarning,
} from '@/shared/ui/icons'
import classes from './editor.module.css'

const SIGNS: Record<Template['status'], Icon> = {
  draft: IconEdit,
  pending: IconHourglass,
  approved: IconDone,
  rejected: IconFailed,
  paused: IconWarning,
  disabled: IconFailed,
  appeal: IconHourglass,
  locked: IconLock,
  limited: IconWarning,
  archived: IconLock,
  deleting: IconHourglass,
}

export function StatusBadge({ template: { status, edited } }: { template: Template }) {
  const { t } = useTranslation('templates')
  const Sign = SIGNS[status]
  return (
    <span className={classes.status} data-status={status}>
      <Sign size={16} aria-hidden />
      <span>
        {t(`statuses.${status}`)}
        {edited && <small className={classes.soon}>{t('edited')}</small>}
      </span>
    </span>
  )
}

export function Quality({ value }: { value: string }) {
  const { t } = useTranslation('templates')
  if (!value) return <span className="hd-muted">{t('qualities.unknown')}</span>
  return (
    <span className={classes.quality} data-quality={value}>
      {t(`qualities.${value}`)}
    </span>
  )
}
