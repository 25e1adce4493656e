/** What the live check found, line by line; what passed needs no further words. */

import type { ConnectionCheck } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { IconDone, IconFailed } from '@/shared/ui/icons'
import classes from './connections.module.css'

export function CheckResult({ check }: { check: ConnectionCheck }) {
  const { t } = useTranslation('connections')
  return (
    <section className={classes.check} role="status" aria-label={t('checkResult')}>
      <h3 className={classes.checkTitle}>{t(check.ok ? 'checkOk' : 'checkFailed')}</h3>
      <ul className={classes.checks}>
        {check.checks.map(({ name, ok, detail }) => (
          <li key={name} data-ok={ok}>
            {ok ? (
              <IconDone size={16} aria-label={t('passed')} />
            ) : (
              <IconFailed size={16} aria-label={t('notPassed')} />
            )}
            <div>
              <strong>{t(`checks.${name}`, { defaultValue: name })}</strong>
              {!ok && detail && <span className="hd-muted"> {detail}</span>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
