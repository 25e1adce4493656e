/** The cases of an exam, filtered by verdict; j and k go from one to the next. */
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useActions } from '@/shared/actions/registry'
import type { Exam } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatNumber } from '@/shared/lib/dates'
import { IconDone } from '@/shared/ui/icons'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { CaseReader } from './CaseReader'
import classes from './exams.module.css'
import { casesQuery, type Shown, VERDICTS } from './queries'

export function Cases({ exam }: { exam: Exam }) {
  const [shown, setShown] = useState<Shown>('all')
  return (
    <>
      <Filters exam={exam} shown={shown} onChange={setShown} />
      <Reading key={shown} exam={exam} shown={shown} />
    </>
  )
}

function Filters({ exam, shown, onChange }: { exam: Exam; shown: Shown; onChange: (to: Shown) => void }) {
  const { t } = useTranslation('exams')
  const { verdicts, done } = exam
  const present = VERDICTS.filter((verdict) => verdicts[verdict] > 0)
  const all: [Shown, number][] = [
    ['all', exam.size],
    ['open', done - verdicts.right],
    ...present.map((verdict): [Shown, number] => [verdict, verdicts[verdict]]),
  ]
  return (
    <fieldset className={classes.chips} aria-label={t('filter')}>
      {all.map(([name, count]) => (
        <button
          key={name}
          type="button"
          className={classes.chip}
          aria-pressed={shown === name}
          onClick={() => onChange(name)}
        >
          {t(`verdicts.${name}`)} <span>{formatNumber(count)}</span>
        </button>
      ))}
    </fieldset>
  )
}

function Reading({ exam, shown }: { exam: Exam; shown: Shown }) {
  const { t } = useTranslation('exams')
  const cases = useInfiniteQuery(casesQuery(exam.id, shown))
  const [place, setPlace] = useState(0)
  const rows = cases.data?.pages.flatMap(({ results }) => results) ?? []
  const current = Math.max(0, Math.min(place, rows.length - 1))
  const move = (step: number) => setPlace(Math.max(0, Math.min(current + step, rows.length - 1)))
  useActions([
    { id: 'case.next', label: t('next'), group: t('title'), shortcut: 'nextCase', perform: () => move(1) },
    {
      id: 'case.previous',
      label: t('previous'),
      group: t('title'),
      shortcut: 'previousCase',
      perform: () => move(-1),
    },
  ])
  if (cases.isPending) return <Loading />
  if (cases.isError) return <Failed error={cases.error} onRetry={() => void cases.refetch()} />
  const row = rows[current]
  if (!row) return <Empty icon={IconDone} title={t('noCases')} />
  return (
    <div className={classes.reading}>
      <ol className={classes.list} aria-label={t('cases')}>
        {rows.map(({ id, position, question, verdict }, at) => (
          <li key={id}>
            <button
              type="button"
              aria-current={at === current || undefined}
              onClick={() => setPlace(at)}
              data-testid={`case-${position}`}
            >
              <span className={classes.dot} data-verdict={verdict || 'waiting'} aria-hidden />
              <span className={classes.stack}>
                <span className="hd-ellipsis">{question}</span>
                <span className={classes.small}>{t(`verdicts.${verdict || 'waiting'}`)}</span>
              </span>
            </button>
          </li>
        ))}
        {cases.hasNextPage && (
          <li>
            <Button variant="subtle" fullWidth onClick={() => void cases.fetchNextPage()}>
              {t('more')}
            </Button>
          </li>
        )}
      </ol>
      <CaseReader key={row.id} row={row} />
    </div>
  )
}
