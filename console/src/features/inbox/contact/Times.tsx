/** How long the customer waited and how long the ticket was worked on. */
import { useTranslation } from '@/shared/i18n/translate'
import { formatLeft } from '../composer/window'
import { useTimes } from '../data/acts'
import classes from './ContactPanel.module.css'

export function Times({ ticket }: { ticket: number }) {
  const { t } = useTranslation('inbox')
  const { data } = useTimes(ticket)
  if (!data) return null
  return (
    <p className={classes.empty}>
      {t('history.times', {
        wait: formatLeft(data.wait_seconds * 1000),
        work: formatLeft(data.support_seconds * 1000),
      })}
    </p>
  )
}
