/** Whether news arrives by itself right now. */
import { useTranslation } from '@/shared/i18n/translate'
import { useConnection } from '@/shared/realtime/connection'
import classes from './ListPane.module.css'

export function ConnectionState() {
  const { t } = useTranslation('inbox')
  const state = useConnection((connection) => connection.state)
  const name = state === 'open' ? 'open' : state === 'blocked' ? 'blocked' : 'waiting'
  const label = t(`connection.${name}`)
  return (
    <span
      className={classes.live}
      role="img"
      aria-label={label}
      title={label}
      data-state={state}
      data-testid="connection-state"
    />
  )
}
