/** How far the contacts and chats of a shared phone have come, and what went wrong on the way. */
import { Progress } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Connection, PhoneSync } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatNumber } from '@/shared/lib/dates'
import classes from './onboarding.module.css'
import { phoneQuery } from './queries'

const MOVING = new Set<PhoneSync['state']>(['wanted', 'asking', 'asked', 'running', 'unclear'])

export function PhoneProgress({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections')
  const { data } = useQuery(phoneQuery(connection.id, connection.version))
  if (!data?.length) return null
  return (
    <section className={classes.panel} aria-label={t('phone.title')}>
      <h3>{t('phone.title')}</h3>
      {data.map((sync) => (
        <Sync key={sync.kind} sync={sync} />
      ))}
    </section>
  )
}

function Sync({ sync }: { sync: PhoneSync }) {
  const { kind, state = 'wanted', progress = 0, items = 0, error, alarmed_at } = sync
  const { t, exists } = useTranslation('connections')
  const reason = error && exists(`reasons.${error}`) ? t(`reasons.${error}`) : error
  const name = t(`phone.${kind}`)
  return (
    <div className={classes.sync} data-testid={`phone-${kind}`} data-state={state}>
      <span>
        <strong>{name}</strong> {t(`phone.states.${state}`)}
        {items > 0 && <> · {t(`phone.${kind}Count`, { count: items, number: formatNumber(items) })}</>}
      </span>
      {MOVING.has(state) && kind === 'history' && (
        <Progress value={progress} aria-label={name} animated={state === 'running'} />
      )}
      {reason && <span className="hd-muted">{reason}</span>}
      {alarmed_at && MOVING.has(state) && <span role="alert">{t('phone.silent')}</span>}
    </div>
  )
}
