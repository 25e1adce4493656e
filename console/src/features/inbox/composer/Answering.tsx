/** A colleague has begun the answer: known before, nobody answers twice without meaning it. */
import { useUsers } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { IconWarning } from '@/shared/ui/icons'
import { takeOver } from '../data/typing'
import { useAnswering } from '../data/viewers'
import classes from './Composer.module.css'
import { focusComposer } from './focus'

export function Answering({ ticket }: { ticket: number }) {
  const { t } = useTranslation('inbox')
  const who = useAnswering(ticket)
  const name = useUsers().find(({ id }) => id === who)?.name
  if (!name) return null
  return (
    <div className={classes.answering} role="status" data-testid="answering">
      <IconWarning size={15} aria-hidden />
      <span>{t('typing.answering', { name })}</span>
      <button
        type="button"
        className={classes.takeOver}
        data-testid="take-over"
        onClick={() => {
          takeOver(ticket)
          focusComposer()
        }}
      >
        {t('typing.takeOver')}
      </button>
    </div>
  )
}
