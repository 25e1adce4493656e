/** Both have an open conversation on the same number: they can only go on as one. */
import { Alert, Checkbox } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { IconWarning } from '@/shared/ui/icons'
import classes from './merge.module.css'

interface OpenTicketsProps {
  /** "12,14": one of each. */
  tickets: readonly string[]
  isAgreed: boolean
  onAgree: (isAgreed: boolean) => void
}

export function OpenTickets({ tickets, isAgreed, onAgree }: OpenTicketsProps) {
  const { t } = useTranslation('contacts')
  if (tickets.length === 0) return null
  const pairs = tickets
    .map((pair) =>
      pair
        .split(',')
        .map((number) => `#${number}`)
        .join(' + '),
    )
    .join('; ')
  return (
    <Alert color="yellow" className={classes.tickets} icon={<IconWarning size={18} />} role="alert">
      <Checkbox
        label={t('merge.tickets', { tickets: pairs })}
        checked={isAgreed}
        onChange={(event) => onAgree(event.currentTarget.checked)}
      />
    </Alert>
  )
}
