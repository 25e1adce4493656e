/** A score as a small sign: the number of how many, and in colour what it means. */
import { useQuery } from '@tanstack/react-query'
import type { Rating } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { IconStar } from '@/shared/ui/icons'
import { ofTicketQuery } from './queries'
import classes from './ratings.module.css'
import { highestOf, moodOf } from './scores'

export function Score({ scale, score }: { scale: Rating['scale']; score: number }) {
  const { t } = useTranslation('ratings')
  return (
    <span className={classes.score} data-mood={moodOf(scale, score)}>
      <IconStar size={14} aria-hidden />
      <span aria-hidden>
        {score}
        <small>/{highestOf(scale)}</small>
      </span>
      <span className="hd-hidden">{t('scoreOf', { score, highest: highestOf(scale) })}</span>
    </span>
  )
}

/** The newest rating of a ticket, or that one is being asked for. */
export function TicketScore({ ticket }: { ticket: number }) {
  const { t } = useTranslation('ratings')
  const { data: [latest] = [] } = useQuery(ofTicketQuery(ticket))
  if (!latest) return null
  const { scale, score, state, comment } = latest
  if (score !== null) {
    return (
      <span title={comment || t(`scales.${scale}`)} data-testid="ticket-score">
        <Score scale={scale} score={score} />
      </span>
    )
  }
  return state === 'asked' ? <span className={classes.waiting}>{t('waiting')}</span> : null
}
