/** What the check found, line by line; what is wrong, or should be looked at, says what to do. */

import type { ConnectionCheck } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useTrouble } from '@/shared/i18n/trouble'
import { formatDateTime } from '@/shared/lib/dates'
import { IconDone, IconFailed, IconWarning } from '@/shared/ui/icons'
import classes from './connections.module.css'

type Line = ConnectionCheck['checks'][number]

export function CheckResult({ check }: { check: ConnectionCheck }) {
  const { t } = useTranslation('connections')
  return (
    <section className={classes.check} role="status" aria-label={t('checkResult')}>
      <h3 className={classes.checkTitle}>{t(check.ok ? 'checkOk' : 'checkFailed')}</h3>
      <Lines checks={check.checks} />
    </section>
  )
}

/** What the clock, or Meta's news, found last. */
export function LastLook({ at, checks }: { at: string; checks: readonly Line[] }) {
  const { t } = useTranslation('connections')
  return (
    <details className={classes.check} open={checks.some(({ ok, warning }) => !ok || warning)}>
      <summary className={classes.checkTitle}>
        {t('lastLook')}: {formatDateTime(at)}
      </summary>
      <Lines checks={checks} />
    </details>
  )
}

function Lines({ checks }: { checks: readonly Line[] }) {
  const { t, exists } = useTranslation('connections')
  const trouble = useTrouble()
  return (
    <ul className={classes.checks}>
      {checks.map(({ name, ok, warning, detail, code }) => (
        <li key={name} data-ok={ok} data-warning={warning || undefined}>
          {!ok ? (
            <IconFailed size={16} aria-label={t('notPassed')} />
          ) : warning ? (
            <IconWarning size={16} aria-label={t('attention')} />
          ) : (
            <IconDone size={16} aria-label={t('passed')} />
          )}
          <div>
            <strong>{t(`checks.${name}`, { defaultValue: name })}</strong>
            {isShown(name, !ok || warning) && detail && (
              <span className="hd-muted"> {words(name, detail, code)}</span>
            )}
            {(!ok || warning) && (
              <p className={classes.advice}>{t(`advice.${name}`, { defaultValue: '' })}</p>
            )}
          </div>
        </li>
      ))}
    </ul>
  )

  function words(name: string, detail: string, code = ''): string {
    if (name === 'last_webhook') return formatDateTime(detail)
    const level = `levels.${detail.toUpperCase()}`
    return exists(level) ? t(level) : trouble(code || name, detail)
  }
}

const FACTS = ['messaging_limit', 'throughput', 'graph_version', 'last_webhook']

function isShown(name: string, isWrong: boolean): boolean {
  return isWrong || FACTS.includes(name)
}
