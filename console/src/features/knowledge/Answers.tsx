/** Questions with their answers, the newest first. */
import { Badge, Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { KnowledgeAnswer } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import { IconBolt, IconPlus } from '@/shared/ui/icons'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { AnswerDrawer } from './AnswerDrawer'
import classes from './knowledge.module.css'
import { answerQuery, answersQuery } from './queries'

export function Answers() {
  const { t } = useTranslation('knowledge')
  const navigate = useNavigate()
  const canWrite = useCan('knowledge.write')
  const { answer: opened } = useSearch({ from: '/shell/knowledge' })
  const [isAdding, setAdding] = useState(false)
  const one = useQuery({ ...answerQuery(opened ?? 0), enabled: opened !== undefined })
  const open = (answer: number | undefined) =>
    void navigate({ to: '/knowledge', search: { tab: 'answers', answer } })
  return (
    <>
      {canWrite && (
        <div className={classes.tools}>
          <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
            {t('answers.add')}
          </Button>
        </div>
      )}
      <List onOpen={({ id }) => open(id)} />
      {isAdding && <AnswerDrawer answer={null} onClose={() => setAdding(false)} />}
      {opened && one.data && (
        <AnswerDrawer key={one.data.id} answer={one.data} onClose={() => open(undefined)} />
      )}
    </>
  )
}

function List({ onOpen }: { onOpen: (answer: KnowledgeAnswer) => void }) {
  const { t } = useTranslation('knowledge')
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(answersQuery())
  const columns: Column<KnowledgeAnswer>[] = [
    {
      key: 'question',
      header: t('answers.question'),
      cell: ({ question }) => <span className={classes.clipped}>{question}</span>,
    },
    {
      key: 'answer',
      header: t('answers.answer'),
      width: '40%',
      isWideOnly: true,
      cell: ({ answer }) => <span className={classes.clipped}>{answer}</span>,
    },
    { key: 'sector', header: t('sector'), width: '130px', isWideOnly: true, cell: ({ sector }) => sector },
    {
      key: 'by',
      header: t('answers.validated'),
      width: '190px',
      cell: ({ validated_by }) => <Badge variant="default">{t(`answers.by.${validated_by}`)}</Badge>,
    },
  ]
  if (isPending) return <Loading rows={4} />
  if (error && !data) return <Failed error={error} onRetry={() => void refetch()} />
  const rows = data.pages.flatMap((page) => page.results)
  if (rows.length === 0)
    return (
      <Empty icon={IconBolt} title={t('answers.empty')}>
        {t('answers.emptyText')}
      </Empty>
    )
  return (
    <>
      <DataTable
        caption={t('tabs.answers')}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        onOpen={onOpen}
        openLabel={({ question }) => question}
      />
      {hasNextPage && (
        <Button mt="md" variant="default" onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  )
}
