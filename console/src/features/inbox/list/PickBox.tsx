/** Chooses a conversation, to do something with several at once. It stands where the picture is. */
import { useTranslation } from '@/shared/i18n/translate'
import { useIsSelected } from '../finding/selection'
import classes from './PickBox.module.css'

interface PickBoxProps {
  id: number
  name: string
  onPick: (id: number, isRange: boolean) => void
}

export function PickBox({ id, name, onPick }: PickBoxProps) {
  const { t } = useTranslation('inbox')
  const isChosen = useIsSelected(id)
  return (
    <input
      type="checkbox"
      className={classes.pick}
      checked={isChosen}
      aria-label={t('list.pick', { name })}
      // The row is the stop of the Tab key; X chooses it there.
      tabIndex={-1}
      onClick={(event) => onPick(id, event.shiftKey)}
      onChange={() => undefined}
      data-testid={`pick-${id}`}
    />
  )
}
