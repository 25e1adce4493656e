/** The scores of the last exams, oldest first, against what is needed. */
import type { Exam } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDate, formatNumber } from '@/shared/lib/dates'
import classes from './exams.module.css'

const WIDTH = 640
const HEIGHT = 120
const EDGE = 10
const MOST = 20

export function Trend({ exams }: { exams: Exam[] }) {
  const { t } = useTranslation('exams')
  const held = exams
    .filter(({ state, score }) => state === 'done' && score !== null)
    .slice(0, MOST)
    .reverse()
  const ofOne = held.every(({ assistant }) => assistant.id === held[0]?.assistant.id)
  if (held.length < 2 || !ofOne) return null
  const step = (WIDTH - 2 * EDGE) / (held.length - 1)
  const points = held.map((exam, place) => ({
    exam,
    x: EDGE + place * step,
    y: heightOf(exam.score ?? 0),
  }))
  const needed = heightOf(held.at(-1)?.threshold ?? 0)
  return (
    <figure className={classes.trend}>
      <figcaption>{t('trend')}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('trend')}>
        <line x1={EDGE} x2={WIDTH - EDGE} y1={needed} y2={needed} className={classes.needed} />
        <polyline points={points.map(({ x, y }) => `${x},${y}`).join(' ')} className={classes.line} />
        {points.map(({ exam, x, y }) => (
          <circle key={exam.id} cx={x} cy={y} r={5} data-mood={exam.is_passed ? 'good' : 'bad'}>
            <title>{`${formatDate(exam.created_at)}: ${t('percent', { score: formatNumber(exam.score ?? 0) })}`}</title>
          </circle>
        ))}
      </svg>
      <span className={classes.small}>{t('neededLine', { score: held.at(-1)?.threshold })}</span>
    </figure>
  )
}

function heightOf(percent: number): number {
  return HEIGHT - EDGE - (percent / 100) * (HEIGHT - 2 * EDGE)
}
