/** The test button: what was asked of the provider, and what came back, line by line. */
import { Button } from '@mantine/core'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { IconDone, IconFailed } from '@/shared/ui/icons'
import classes from './ai.module.css'
import { type Check, type Provider, useProviderChanges } from './queries'

export function TryIt({ provider, isDirty }: { provider: Provider; isDirty: boolean }) {
  const { t } = useTranslation('ai')
  const errorText = useErrorText()
  const { check } = useProviderChanges(provider)
  return (
    <section className={classes.part} aria-label={t('test')}>
      <div className={classes.try}>
        <Button
          variant="default"
          loading={check.isPending}
          disabled={isDirty}
          onClick={() => check.mutate(provider.id)}
          data-testid="ai-check"
        >
          {t('test')}
        </Button>
        <span className="hd-muted">{t(isDirty ? 'saveFirst' : 'testHint')}</span>
      </div>
      {check.isError && <p role="alert">{errorText(check.error)}</p>}
      {check.data && <Found check={check.data} />}
    </section>
  )
}

function Found({ check }: { check: Check }) {
  const { t } = useTranslation('ai')
  return (
    <div role="status">
      <p>{t(check.ok ? 'testOk' : 'testFailed')}</p>
      <ul className={classes.checks}>
        {check.checks.map(({ name, ok, code, detail, ms }) => (
          <li key={name} data-ok={ok}>
            {ok ? (
              <IconDone size={16} aria-label={t('passed')} />
            ) : (
              <IconFailed size={16} aria-label={t('notPassed')} />
            )}
            <span>
              <strong>{t(`checks.${name}`)}</strong> {!ok && t(`why.${code}`)}
              {detail && <span className="hd-muted"> {detail}</span>}
            </span>
            {ms > 0 && <small className="hd-muted">{t('ms', { count: ms })}</small>}
          </li>
        ))}
      </ul>
    </div>
  )
}
