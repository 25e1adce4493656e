/** The steps of a new company: a list that ticks itself. */
import { Button, Progress } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from '@/shared/i18n/translate'
import { IconChevronRight, IconDone, IconTodo } from '@/shared/ui/icons'
import { Failed, Loading } from '@/shared/ui/states'
import { type Step, useSetup } from './steps'
import classes from './welcome.module.css'

export function Checklist() {
  const { t } = useTranslation('onboarding')
  const { isPending, error, steps, retry } = useSetup()
  if (error) return <Failed error={error} onRetry={retry} />
  if (isPending) return <Loading rows={5} height={64} />
  const done = steps.filter(({ isDone }) => isDone).length
  const next = steps.find(({ isDone }) => !isDone)
  return (
    <section className={classes.card} aria-label={t('checklist')}>
      <header className={classes.head}>
        <span>{t('progress', { done, total: steps.length })}</span>
        <Progress
          value={(done / steps.length) * 100}
          aria-label={t('checklist')}
          className={classes.progress}
        />
      </header>
      <ol className={classes.steps}>
        {steps.map((step) => (
          <StepRow key={step.name} step={step} isNext={step === next} />
        ))}
      </ol>
      {!next && (
        <footer className={classes.foot}>
          <p>{t('allDone')}</p>
          <Button component={Link} to="/inbox">
            {t('toInbox')}
          </Button>
        </footer>
      )}
    </section>
  )
}

function StepRow({ step: { name, isDone, to }, isNext }: { step: Step; isNext: boolean }) {
  const { t } = useTranslation('onboarding')
  return (
    <li className={classes.step} data-done={isDone || undefined} data-next={isNext || undefined}>
      {isDone ? (
        <IconDone size={22} className={classes.sign} aria-label={t('done')} />
      ) : (
        <IconTodo size={22} className={classes.sign} aria-label={t('todo')} />
      )}
      <div className={classes.words}>
        <Link to={to} className={classes.link}>
          {t(`steps.${name}.title`)}
        </Link>
        <p className={classes.text}>{t(`steps.${name}.text`)}</p>
      </div>
      <IconChevronRight size={18} className={classes.chevron} aria-hidden />
    </li>
  )
}
