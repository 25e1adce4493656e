/** Exams of the company's assistants: how each did, and how it went from exam to exam. */
import { Button, NativeSelect } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Exam } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatMoney } from '@/shared/lib/money'
import { useCan } from '@/shared/session/store'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import { IconPlus, IconRules } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import classes from './exams.module.css'
import { assistantsQuery, examsQuery } from './queries'
import { Score } from './Score'
import { StartDrawer } from './StartDrawer'
import { Trend } from './Trend'

export function ExamsPage() {
  const { t } = useTranslation('exams')
  const canRead = useCan('ai.read')
  const canBegin = useCan('ai.write')
  const [isStarting, setStarting] = useState(false)
  const begin = canBegin && (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => setStarting(true)}
      data-testid="new-exam"
    >
      {t('new')}
    </Button>
  )
  return (
    <Page title={t('title')} description={t('text')} actions={begin}>
      {canRead ? <Exams /> : <NoPermission />}
      {isStarting && <StartDrawer onClose={() => setStarting(false)} />}
    </Page>
  )
}

function Exams() {
  const { t } = useTranslation('exams')
  const navigate = useNavigate()
  const [assistant, setAssistant] = useState<number | null>(null)
  const { data: assistants = [] } = useQuery(assistantsQuery)
  const exams = useInfiniteQuery(examsQuery(assistant))
  if (exams.isPending) return <Loading />
  if (exams.isError) return <Failed error={exams.error} onRetry={() => void exams.refetch()} />
  const rows = exams.data.pages.flatMap(({ results }) => results)
  const everybody = [
    { value: '', label: t('everyAssistant') },
    ...assistants.map(({ id, name }) => ({ value: String(id), label: name })),
  ]
  const columns: Column<Exam>[] = [
    { key: 'who', header: t('assistant'), cell: ({ assistant }) => assistant.name },
    { key: 'what', header: t('questions'), width: '30%', cell: (exam) => <What exam={exam} /> },
    { key: 'score', header: t('score'), width: '200px', cell: (exam) => <Score exam={exam} /> },
    { key: 'cases', header: t('cases'), width: '90px', align: 'end', cell: ({ size }) => size },
    { key: 'cost', header: t('cost'), width: '110px', align: 'end', cell: costOf },
    {
      key: 'at',
      header: t('when'),
      width: '120px',
      align: 'end',
      cell: ({ created_at }) => <TimeAgo at={created_at} />,
    },
  ]
  return (
    <>
      <div className={classes.filters}>
        <NativeSelect
          aria-label={t('assistant')}
          data={everybody}
          value={assistant ?? ''}
          onChange={(event) => setAssistant(Number(event.currentTarget.value) || null)}
        />
      </div>
      {rows.length === 0 ? (
        <Empty icon={IconRules} title={t('empty')}>
          {t('emptyText')}
        </Empty>
      ) : (
        <>
          <Trend exams={rows} />
          <DataTable
            caption={t('title')}
            columns={columns}
            rows={rows}
            rowKey={({ id }) => id}
            hasLabels
            onOpen={({ id }) => void navigate({ to: '/settings/exams/$exam', params: { exam: String(id) } })}
            openLabel={({ assistant, edition }) => t('openExam', { name: assistant.name, edition })}
          />
        </>
      )}
      {exams.hasNextPage && (
        <Button
          mt="md"
          variant="default"
          loading={exams.isFetchingNextPage}
          onClick={() => void exams.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
    </>
  )
}

function What({ exam }: { exam: Exam }) {
  const { t } = useTranslation('exams')
  return (
    <span className={classes.small}>
      {t('edition', { edition: exam.edition })} · {exam.questions?.name ?? t(`sources.${exam.source}`)}
    </span>
  )
}

function costOf({ cost, currency }: Exam): string {
  return cost === null || !currency ? '—' : formatMoney(cost, currency)
}
