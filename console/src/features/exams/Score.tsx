/** How an exam stands: its score against what was needed, or how far it is. */
import { Progress } from '@mantine/core'
import type { Exam } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatNumber } from '@/shared/lib/dates'
import classes from './exams.module.css'

export function Score({ exam }: { exam: Exam }) {
  const { t } = useTranslation('exams')
  if (exam.state === 'queued' || exam.state === 'running')
    return (
      <span className={classes.running}>
        <Progress
          value={(100 * exam.done) / Math.max(1, exam.size)}
          aria-label={t('progress')}
          size="sm"
          w="100%"
        />
        <span className={classes.small}>{t('doneOf', { done: exam.done, size: exam.size })}</span>
      </span>
    )
  if (exam.state !== 'done' || exam.score === null)
    return (
      <span className={classes.badge} data-mood="off">
        {t(`states.${exam.state}`)}
      </span>
    )
  return (
    <span className={classes.badge} data-mood={exam.is_passed ? 'good' : 'bad'}>
      {t('percent', { score: formatNumber(exam.score) })}
      <small>{t(exam.is_passed ? 'passed' : 'notPassed')}</small>
    </span>
  )
}
