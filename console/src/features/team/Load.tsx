/** How much somebody carries now, against what rules may give them. */
import { Progress } from '@mantine/core'
import type { Workload } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import classes from './team.module.css'

export function Load({ load }: { load: Workload | undefined }) {
  const { t } = useTranslation('team')
  if (!load) return null
  const { open, unanswered, asleep, capacity } = load
  const more = [
    unanswered > 0 && t('load.unanswered', { count: unanswered }),
    asleep > 0 && t('load.asleep', { count: asleep }),
  ].filter(Boolean)
  const isFull = capacity !== null && open >= capacity
  const words = capacity === null ? t('load.open', { count: open }) : t('load.of', { open, capacity })
  return (
    <span className={classes.load} title={[words, ...more].join(' · ')}>
      <span className={classes.count} data-full={isFull || undefined}>
        <span aria-hidden>{capacity === null ? open : `${open}/${capacity}`}</span>
        <span className="hd-hidden">{[words, ...more].join(', ')}</span>
      </span>
      {capacity !== null && (
        <Progress
          className={classes.bar}
          value={capacity === 0 ? 100 : Math.min(100, (100 * open) / capacity)}
          color={isFull ? 'orange' : 'teal'}
          size={5}
          aria-hidden
        />
      )}
    </span>
  )
}
