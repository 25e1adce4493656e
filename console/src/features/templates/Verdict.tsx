/** Above the fields: why WhatsApp refused or stopped it, what changes next, and what to do. */
import { Alert } from '@mantine/core'
import type { Template } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { IconWarning } from '@/shared/ui/icons'
import classes from './editor.module.css'
import { Quality, StatusBadge } from './StatusBadge'

const TROUBLE: Template['status'][] = ['rejected', 'paused', 'disabled', 'limited', 'locked']

export function Verdict({ template, isSimple }: { template: Template; isSimple: boolean }) {
  const { t, exists } = useTranslation('templates')
  const { status, reason, advice, next_category, quality, edited } = template
  const isBad = TROUBLE.includes(status)
  const known = `reasons.${reason}`
  return (
    <div className={classes.verdict}>
      <div className={classes.verdictLine}>
        <StatusBadge template={template} /> <Quality value={quality} />
      </div>
      {isBad && (
        <Alert
          color={status === 'rejected' || status === 'disabled' ? 'red' : 'yellow'}
          icon={<IconWarning size={18} />}
          title={t(`verdicts.${status}`)}
          data-testid="verdict"
        >
          {reason && <p className={classes.why}>{exists(`templates:${known}`) ? t(known) : reason}</p>}
          {advice && <p className={classes.why}>{advice}</p>}
          <p className={classes.why}>{t(`remedies.${status}`)}</p>
        </Alert>
      )}
      {status === 'pending' && <p className={classes.why}>{t('pendingText')}</p>}
      {edited && isSimple && <p className={classes.why}>{t('editedText')}</p>}
      {next_category && (
        <Alert color="yellow" icon={<IconWarning size={18} />}>
          {t('willMove', { category: t(`categories.${next_category}`) })}
        </Alert>
      )}
    </div>
  )
}
