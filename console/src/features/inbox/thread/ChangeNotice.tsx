/** A change of ours that is still on its way to the customer, or that could not be made, and why. */
import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { IconHourglass, IconWarning } from '@/shared/ui/icons'
import { useSentChanges } from '../data/actions'
import classes from './Bubble.module.css'
import { changeOf } from './changes'

export function ChangeNotice({ message }: { message: Message }) {
  const { t, exists } = useTranslation('acts')
  const { correct, remove } = useSentChanges(message.id)
  const change = changeOf(message)
  if (!change) return null
  const { kind, state, body, error } = change
  if (state === 'queued')
    return (
      <span className={classes.hint} role="status" data-testid={`change-${message.id}`}>
        <IconHourglass size={14} aria-hidden /> {t(`change.${kind}.queued`)}
      </span>
    )
  const code = error?.code
  const known = [
    `failures.${code}`,
    `refusals.${code}`,
    `inbox:failures.codes.${code}`,
    `inbox:refusals.${code}`,
  ].find(exists)
  return (
    <div className={classes.failure} data-tone="danger" data-testid={`change-${message.id}`}>
      <IconWarning size={15} aria-hidden />
      <div className={classes.reason}>
        <strong>{t(`change.${kind}.failed`)}</strong> {known ? t(known) : error?.detail}
        <span className={classes.remedies}>
          <button
            type="button"
            className={classes.remedy}
            onClick={() => (kind === 'correction' ? correct.mutate(body) : remove.mutate())}
          >
            {t('change.again')}
          </button>
        </span>
      </div>
    </div>
  )
}
