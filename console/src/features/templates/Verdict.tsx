/** Above the fields: why WhatsApp refused or stopped it, what changes next, and what to do. */
import type { ReactNode } from 'react'
import type { Template } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { IconWarning } from '@/shared/ui/icons'
import classes from './editor.module.css'
import { Quality, StatusBadge } from './StatusBadge'

const TROUBLE: Template['status'][] = ['rejected', 'paused', 'disabled', 'limited', 'locked']
const LASTING: Template['status'][] = ['rejected', 'disabled']

export function Verdict({ template, isSimple }: { template: Template; isSimple: boolean }) {
  const { t, exists } = useTranslation('templates')
  const { status, reason, advice, next_category, quality, edited } = template
  const known = `reasons.${reason}`
  return (
    <div className={classes.verdict}>
      <div className={classes.verdictLine}>
        <StatusBadge template={template} />
        <span>
          {t('quality')}: <Quality value={quality} />
        </span>
      </div>
      {TROUBLE.includes(status) && (
        <Notice isBad={LASTING.includes(status)}>
          <strong>{t(`verdicts.${status}`)}</strong>
          {reason && <span>{exists(`templates:${known}`) ? t(known) : reason}</span>}
          {advice && <span>{advice}</span>}
          <span>{t(`remedies.${status}`)}</span>
        </Notice>
      )}
      {status === 'pending' && <p className={classes.why}>{t('pendingText')}</p>}
      {edited && isSimple && <p className={classes.why}>{t('editedText')}</p>}
      {next_category && (
        <Notice>
          <span>{t('willMove', { category: t(`categories.${next_category}`) })}</span>
        </Notice>
      )}
    </div>
  )
}

function Notice({ isBad, children }: { isBad?: boolean; children: ReactNode }) {
  return (
    <div className={classes.notice} data-bad={isBad || undefined} data-testid="verdict">
      <IconWarning size={18} aria-hidden />
      <div className={classes.noticeText}>{children}</div>
    </div>
  )
}
