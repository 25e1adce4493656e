/** The numbers of each scale in use: the average, how many answered, how often each score was given. */
import { useQuery } from '@tanstack/react-query'
import type { RatingSummary } from '@/shared/api/types'
import { currentLanguage } from '@/shared/i18n'
import { useTranslation } from '@/shared/i18n/translate'
import { formatNumber } from '@/shared/lib/dates'
import { Failed, Loading } from '@/shared/ui/states'
import { type RatingFilter, summaryQuery } from './queries'
import classes from './ratings.module.css'
import { moodOf, scoresOf, shareOf } from './scores'

type ScaleSummary = RatingSummary['scales'][number]

export function Summary({ filter }: { filter: RatingFilter }) {
  const summary = useQuery(summaryQuery(filter))
  if (summary.isPending) return <Loading rows={2} height={90} />
  if (summary.isError) return <Failed error={summary.error} onRetry={() => void summary.refetch()} />
  return (
    <div className={classes.cards}>
      {summary.data.scales.map((scale) => (
        <Card key={scale.scale} summary={scale} />
      ))}
    </div>
  )
}

function Card({ summary: { scale, asked, answered, value, scores } }: { summary: ScaleSummary }) {
  const { t } = useTranslation('ratings')
  const most = Math.max(1, ...scores.map(({ count }) => count))
  const countOf = (score: number) => scores.find((one) => one.score === score)?.count ?? 0
  return (
    <section className={classes.card} aria-label={t(`scales.${scale}`)} data-testid={`summary-${scale}`}>
      <div>
        <h2 className={classes.name}>{t(`scales.${scale}`)}</h2>
        <p className={classes.value}>
          {value === null ? '—' : format(scale, value)}
          <small>{t(`outOf.${scale}`)}</small>
        </p>
        <p className={classes.small}>
          {t('answeredOf', {
            answered: formatNumber(answered),
            asked: formatNumber(asked),
            share: shareOf(answered, asked),
          })}
        </p>
      </div>
      <ul className={classes.bars}>
        {scoresOf(scale).map((score) => (
          <li key={score} className={classes.bar}>
            <span className={classes.barName}>{score}</span>
            <span className={classes.track} aria-hidden>
              <span
                className={classes.fill}
                data-mood={moodOf(scale, score)}
                style={{ width: `${(100 * countOf(score)) / most}%` }}
              />
            </span>
            <span className={classes.barCount}>{formatNumber(countOf(score))}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** 4,6 and +42: one decimal where it tells something, a sign where there are two sides. */
function format(scale: ScaleSummary['scale'], value: number): string {
  const options: Intl.NumberFormatOptions =
    scale === 'csat'
      ? { minimumFractionDigits: 1, maximumFractionDigits: 1 }
      : { maximumFractionDigits: 0, signDisplay: 'exceptZero' }
  return new Intl.NumberFormat(currentLanguage(), options).format(value)
}
