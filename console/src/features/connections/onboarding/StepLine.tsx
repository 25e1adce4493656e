/** One thing that must be true before messages flow: done, left to do, or why not. */
import type { CloudStep } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { type Icon, IconDone, IconFailed, IconTodo } from '@/shared/ui/icons'
import classes from './onboarding.module.css'

const SIGNS: Record<CloudStep['state'], Icon> = {
  ok: IconDone,
  skipped: IconDone,
  todo: IconTodo,
  failed: IconFailed,
}

export function StepLine({ step: { name, state, code, detail } }: { step: CloudStep }) {
  const { t, exists } = useTranslation('connections')
  const Sign = SIGNS[state]
  const reason = code && exists(`reasons.${code}`) ? t(`reasons.${code}`) : detail
  return (
    <p className={classes.line} data-state={state === 'skipped' ? 'ok' : state} data-testid={`step-${name}`}>
      <Sign size={16} aria-hidden />
      <span>
        {t(`cloud.${name}`)}
        {reason && <small>{reason}</small>}
      </span>
    </p>
  )
}
