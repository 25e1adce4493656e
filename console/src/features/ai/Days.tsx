/** Calls of each day of a month, as bars. */
import { useTranslation } from '@/shared/i18n/translate'
import { formatMoney } from '@/shared/lib/money'
import classes from './ai.module.css'
import { daysOf } from './months'
import type { UsageLine } from './queries'

export function Days({ lines, month }: { lines: readonly UsageLine[]; month: string }) {
  const { t } = useTranslation('ai')
  const byDay = new Map(lines.map((line) => [line.key, line]))
  const most = Math.max(1, ...lines.map(({ calls }) => calls))
  const days = daysOf(month)
  return (
    <figure className={classes.chart}>
      <ol className={classes.bars}>
        {days.map((day) => {
          const line = byDay.get(day)
          const words = line
            ? t('dayOf', { day, count: line.calls, cost: formatMoney(line.cost, line.currency) })
            : t('dayWithout', { day })
          return (
            <li key={day} title={words} data-failed={line && line.failed > 0 ? true : undefined}>
              <span className="hd-hidden">{words}</span>
              <span
                className={classes.column}
                style={{ height: `${((line?.calls ?? 0) / most) * 100}%` }}
                aria-hidden
              />
            </li>
          )
        })}
      </ol>
      <figcaption className={classes.axis} aria-hidden>
        <span>1</span>
        <span>{Math.ceil(days.length / 2)}</span>
        <span>{days.length}</span>
      </figcaption>
    </figure>
  )
}
