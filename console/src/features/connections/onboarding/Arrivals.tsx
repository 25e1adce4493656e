/** What came out of Meta's window: each number, what was done, and the PIN to write down. */
import { Alert, Button } from '@mantine/core'
import type { Arrival } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { IconKey } from '@/shared/ui/icons'
import classes from './onboarding.module.css'
import { StepLine } from './StepLine'

export function Arrivals({ arrivals, onDone }: { arrivals: Arrival[]; onDone: () => void }) {
  const { t } = useTranslation('connections')
  return (
    <div className={classes.stack} role="status">
      {arrivals.map(({ connection, steps, pin }) => (
        <section key={connection.id} className={classes.panel} aria-label={connection.name}>
          <h3>{t('signup.connected', { name: connection.name })}</h3>
          {steps.map((step) => (
            <StepLine key={step.name} step={step} />
          ))}
          {pin && (
            <Alert color="yellow" icon={<IconKey size={18} />} title={t('signup.pinTitle')}>
              <p className={classes.pin} data-testid="new-pin">
                {pin}
              </p>
              {t('signup.pinText')}
            </Alert>
          )}
        </section>
      ))}
      <Button onClick={onDone}>{t('signup.next')}</Button>
    </div>
  )
}
