/** What waits for a person: one after the other, with a key for each judgement. */
import { Button, Group, Kbd } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { KnowledgeAnswer } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { isTyping, keyOf } from '@/shared/lib/hotkeys'
import { IconCheck } from '@/shared/ui/icons'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { toast } from '@/shared/ui/toast'
import { AnswerDrawer } from './AnswerDrawer'
import classes from './knowledge.module.css'
import { answersQuery, useAccept, useDeleteAnswer } from './queries'

export function Review() {
  const { t } = useTranslation('knowledge')
  const waiting = useInfiniteQuery(answersQuery('pending'))
  if (waiting.isPending) return <Loading rows={2} />
  if (waiting.error && !waiting.data)
    return <Failed error={waiting.error} onRetry={() => void waiting.refetch()} />
  const first = waiting.data.pages[0]
  const next = first?.results[0]
  if (!first || !next)
    return (
      <Empty icon={IconCheck} title={t('review.empty')}>
        {t('review.emptyText')}
      </Empty>
    )
  return (
    <>
      <p className="hd-muted">{t('review.left', { count: first.total })}</p>
      <Judged key={next.id} answer={next} />
    </>
  )
}

function Judged({ answer }: { answer: KnowledgeAnswer }) {
  const { t } = useTranslation('knowledge')
  const errorText = useErrorText()
  const accept = useAccept()
  const reject = useDeleteAnswer()
  const [isEdited, setEdited] = useState(false)
  const isBusy = accept.isPending || reject.isPending
  const complain = { onError: (error: Error) => void toast({ message: errorText(error), tone: 'danger' }) }
  const acts: Record<string, () => void> = {
    a: () => accept.mutate(answer.id, complain),
    r: () => reject.mutate(answer, complain),
    e: () => setEdited(true),
  }
  useKeys(acts, !isBusy && !isEdited)
  return (
    <article className={classes.card} aria-label={answer.question}>
      <h2 className={classes.question}>{answer.question}</h2>
      <p className={classes.said}>{answer.answer}</p>
      {answer.sector && <p className="hd-muted">{answer.sector}</p>}
      <Group gap={8}>
        <Button
          loading={accept.isPending}
          disabled={isBusy || !answer.answer}
          onClick={acts.a}
          rightSection={<Kbd>A</Kbd>}
        >
          {t('review.accept')}
        </Button>
        <Button variant="default" disabled={isBusy} onClick={acts.e} rightSection={<Kbd>E</Kbd>}>
          {t('review.edit')}
        </Button>
        <Button
          variant="subtle"
          color="red"
          loading={reject.isPending}
          disabled={isBusy}
          onClick={acts.r}
          rightSection={<Kbd>R</Kbd>}
        >
          {t('review.reject')}
        </Button>
      </Group>
      {isEdited && <AnswerDrawer answer={answer} onClose={() => setEdited(false)} />}
    </article>
  )
}

/** Letters of this screen alone, while nobody types. */
function useKeys(acts: Record<string, () => void>, isOn: boolean): void {
  const latest = useRef({ acts, isOn })
  latest.current = { acts, isOn }
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      const act = latest.current.acts[keyOf(event)]
      if (!act || !latest.current.isOn || event.repeat || isTyping(event.target)) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
