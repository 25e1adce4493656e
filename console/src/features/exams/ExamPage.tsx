/** One exam: its numbers, and every case to be read beside what people said. */
import { Alert, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { Exam } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatNumber } from '@/shared/lib/dates'
import { formatMoney } from '@/shared/lib/money'
import { useCan } from '@/shared/session/store'
import { IconBack, IconWarning } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Failed, Loading, NoPermission } from '@/shared/ui/states'
import { toast } from '@/shared/ui/toast'
import { Cases } from './Cases'
import classes from './exams.module.css'
import { examQuery, useCancel, useResume } from './queries'
import { Score } from './Score'
import { useExamError } from './useExamError'

export function ExamPage() {
  const { t } = useTranslation('exams')
  const canRead = useCan('ai.read')
  const id = Number(useParams({ from: '/shell/settings/exams/$exam' }).exam)
  const { data: exam, error, refetch } = useQuery({ ...examQuery(id), enabled: canRead })
  return (
    <Page
      title={exam ? t('of', { name: exam.assistant.name }) : t('title')}
      description={exam && t('edition', { edition: exam.edition })}
      back={
        <Link to="/settings/exams" className={classes.back} aria-label={t('back')}>
          <IconBack size={18} aria-hidden />
        </Link>
      }
      actions={exam && <Acts exam={exam} />}
    >
      {!canRead && <NoPermission />}
      {canRead && !exam && !error && <Loading />}
      {error && !exam && <Failed error={error} onRetry={() => void refetch()} />}
      {exam && (
        <>
          <Notes exam={exam} />
          <Numbers exam={exam} />
          <Cases exam={exam} />
        </>
      )}
    </Page>
  )
}

function Acts({ exam: { id, state, is_current } }: { exam: Exam }) {
  const { t } = useTranslation('exams')
  const canWrite = useCan('ai.write')
  const cancel = useCancel()
  const resume = useResume()
  const errorText = useExamError()
  const tell = { onError: (error: unknown) => void toast({ message: errorText(error), tone: 'danger' }) }
  if (!canWrite) return null
  if (state === 'queued' || state === 'running')
    return (
      <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(id, tell)}>
        {t('cancel')}
      </Button>
    )
  if (state === 'done' || !is_current) return null
  return (
    <Button loading={resume.isPending} onClick={() => resume.mutate(id, tell)}>
      {t('resume')}
    </Button>
  )
}

function Notes({ exam }: { exam: Exam }) {
  const { t, exists } = useTranslation('exams')
  const why = `why.${exam.reason}`
  return (
    <>
      {exam.state === 'failed' && (
        <Alert color="red" icon={<IconWarning size={18} />} mb="md">
          {t('stopped')} {t(exists(why) ? why : 'why.other')}
        </Alert>
      )}
      {!exam.is_current && (
        <Alert color="orange" icon={<IconWarning size={18} />} mb="md">
          {t('outdated')}
        </Alert>
      )}
    </>
  )
}

function Numbers({ exam }: { exam: Exam }) {
  const { t } = useTranslation('exams')
  const { cost, currency, latency_p50, latency_p95, verdicts } = exam
  const seconds = (ms: number | null) => (ms === null ? '—' : t('seconds', { count: round(ms / 1000) }))
  const all: [string, string][] = [
    [t('needed'), t('percent', { score: exam.threshold })],
    [t('cost'), cost === null || !currency ? '—' : formatMoney(cost, currency)],
    [t('latency'), `${seconds(latency_p50)} / ${seconds(latency_p95)}`],
    [t('verdicts.unsupported'), formatNumber(verdicts.unsupported)],
    [t('verdicts.missed_handover'), formatNumber(verdicts.missed_handover)],
    [t('verdicts.needless_handover'), formatNumber(verdicts.needless_handover)],
  ]
  return (
    <dl className={classes.numbers}>
      <div>
        <dt>{t('score')}</dt>
        <dd>
          <Score exam={exam} />
        </dd>
      </div>
      {all.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function round(seconds: number): string {
  return formatNumber(Math.round(seconds * 10) / 10)
}
