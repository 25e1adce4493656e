/** How far the last act on many contacts is; afterwards, what it did and the way back. */
import { ActionIcon, Button, Progress } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ContactJob } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { formatNumber } from '@/shared/lib/dates'
import { IconDone, IconRefresh, IconX } from '@/shared/ui/icons'
import { useNow } from '@/shared/ui/TimeAgo'
import { toast } from '@/shared/ui/toast'
import { isRunning, jobsQuery, shownJob, useStopJob, useUndoJob } from '../bulk'
import classes from './list.module.css'

export function JobCard() {
  const { t } = useTranslation('contacts')
  const [away, setAway] = useState<number | null>(null)
  const { data: jobs = [] } = useQuery(jobsQuery)
  const job = shownJob(jobs, useNow(), away)
  if (!job) return null
  return (
    <section className={classes.job} aria-label={t('bulk.title')} data-testid="contact-job">
      <div className={classes.jobHead} role="status">
        {isRunning(job) ? <IconRefresh size={18} aria-hidden /> : <IconDone size={18} aria-hidden />}
        <span>
          <strong>{t(`bulk.acts.${job.action}`)}</strong> · <Outcome job={job} />
        </span>
        <Buttons job={job} />
        {!isRunning(job) && (
          <ActionIcon aria-label={t('bulk.dismiss')} onClick={() => setAway(job.id)}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {isRunning(job) && <Progress value={percentOf(job)} aria-label={t('bulk.title')} />}
      {job.errors[0] && <p className="hd-muted">{t('bulk.because', { reason: job.errors[0].detail })}</p>}
    </section>
  )
}

function Outcome({ job }: { job: ContactJob }) {
  const { t } = useTranslation('contacts')
  const done = formatNumber(job.updated + job.failed)
  if (job.state === 'running') return <>{t('bulk.running', { done, total: formatNumber(job.total) })}</>
  if (job.state === 'undoing') return <>{t('bulk.undoing', { done: formatNumber(job.undone) })}</>
  const parts =
    job.state === 'undone'
      ? [t('bulk.undone', { count: job.undone }), job.kept > 0 && t('bulk.kept', { count: job.kept })]
      : [
          job.state === 'cancelled' && t('bulk.cancelled'),
          t('bulk.updated', { count: job.updated }),
          job.failed > 0 && t('bulk.failed', { count: job.failed }),
        ]
  return <>{parts.filter(Boolean).join(' · ')}</>
}

function Buttons({ job }: { job: ContactJob }) {
  const { t } = useTranslation('contacts')
  const errorText = useErrorText()
  const stop = useStopJob()
  const undo = useUndoJob()
  const onError = (error: Error) => void toast({ message: errorText(error), tone: 'danger' })
  if (job.state === 'running')
    return (
      <Button
        size="compact-sm"
        variant="default"
        loading={stop.isPending}
        onClick={() => stop.mutate(job, { onError })}
      >
        {t('bulk.stop')}
      </Button>
    )
  if ((job.state !== 'done' && job.state !== 'cancelled') || job.updated === 0) return null
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={undo.isPending}
      onClick={() => undo.mutate(job, { onError })}
    >
      {t('undo')}
    </Button>
  )
}

function percentOf({ state, total, updated, failed, undone, kept }: ContactJob): number {
  if (total === 0) return 100
  return state === 'undoing'
    ? ((undone + kept) / Math.max(updated, 1)) * 100
    : ((updated + failed) / total) * 100
}
