/** How far an act on many conversations is, what came of it, and the way back. */
import { ActionIcon, Button, Progress } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useActions } from '@/shared/actions/registry'
import { shortcutOf } from '@/shared/actions/shortcuts'
import { ApiError } from '@/shared/api/errors'
import type { BulkJob } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatNumber } from '@/shared/lib/dates'
import { keyText } from '@/shared/lib/hotkeys'
import { IconRestore, IconX } from '@/shared/ui/icons'
import { useRefusalText } from '../data/refusals'
import { useInboxAddress } from '../useInboxAddress'
import { askAgain, readJob, useJobSteps } from './acts'
import classes from './bulk.module.css'
import { hideJob, isOver, progressOf, useBulkJob } from './jobs'

const UNDO_FOR = 10_000
const READ_FOR = 6_000

export function JobCard() {
  const job = useBulkJob((state) => state.job)
  return job && <Card key={job.id} job={job} />
}

function Card({ job }: { job: BulkJob }) {
  const { t } = useTranslation('finding')
  const { openTicket } = useInboxAddress()
  const refusalText = useRefusalText()
  const { cancel, undo } = useJobSteps(job)
  const [isOpen, setOpen] = useState(false)
  const isFinished = isOver(job)
  const mayUndo = isFinished && job.state !== 'undone' && job.updated > 0 && !undo.isPending
  const left = job.failed + job.kept
  useQuery({ queryKey: ['bulk-jobs', job.id], queryFn: () => readJob(job), refetchInterval: askAgain(job) })
  // What went wrong stays until somebody has read it.
  const isTold = isFinished && left === 0
  useEffect(() => {
    if (!isTold) return
    const timer = setTimeout(hideJob, mayUndo ? UNDO_FOR : READ_FOR)
    return () => clearTimeout(timer)
  }, [isTold, mayUndo])
  useActions(
    mayUndo
      ? [
          {
            id: 'bulk.undo',
            label: t('undo'),
            group: t('views'),
            icon: IconRestore,
            shortcut: 'undo' as const,
            isFirst: true,
            perform: () => undo.mutate(),
          },
        ]
      : [],
  )
  return (
    <section className={classes.card} aria-label={t('job')} data-testid="bulk-job" data-state={job.state}>
      <div className={classes.head}>
        <p role="status" className={classes.told}>
          {told(job, t)}
        </p>
        {isFinished && (
          <ActionIcon size={26} aria-label={t('hide')} onClick={hideJob}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {!isFinished && <Progress value={progressOf(job)} size="sm" aria-label={t('job')} />}
      <div className={classes.steps}>
        {job.state === 'running' && (
          <Button
            size="compact-sm"
            variant="default"
            loading={cancel.isPending}
            onClick={() => cancel.mutate()}
          >
            {t('cancelJob')}
          </Button>
        )}
        {left > 0 && (
          <Button size="compact-sm" variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t('why', { count: left, shown: formatNumber(left) })}
          </Button>
        )}
        {mayUndo && (
          <Button
            size="compact-sm"
            variant="default"
            loading={undo.isPending}
            onClick={() => undo.mutate()}
            data-testid="bulk-undo"
          >
            {t('undo')} ({keyText(shortcutOf('undo').keys[0])})
          </Button>
        )}
      </div>
      {isOpen && (
        <ul className={classes.errors}>
          {job.errors.map((error) => (
            <li key={error.ticket}>
              <button type="button" onClick={() => openTicket(error.ticket)}>
                #{error.number}
              </button>{' '}
              {refusalText(new ApiError(409, { code: error.code, detail: error.detail }))}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function told(job: BulkJob, t: (key: string, values?: Record<string, unknown>) => string): string {
  const { state, action, total, updated, failed, undone, kept } = job
  const numbers = { total: formatNumber(total), done: formatNumber(updated + failed) }
  if (state === 'running') return t('running', { ...numbers, act: t(`acts.${action}`) })
  if (state === 'undoing')
    return t('undoing', { total: formatNumber(updated), done: formatNumber(undone + kept) })
  if (state === 'undone') return t('undone', { count: undone, shown: formatNumber(undone) })
  return t(state === 'cancelled' ? 'cancelled' : `did.${action}`, {
    count: updated,
    shown: formatNumber(updated),
    total: numbers.total,
  })
}
