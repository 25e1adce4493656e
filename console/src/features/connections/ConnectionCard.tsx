/** One number: its state and why, quality, queue, last webhook, and the live check. */
import { Badge, Button } from '@mantine/core'
import type { Connection } from '@/shared/api/types'
import { useQueues } from '@/shared/directory/queries'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { useTrouble } from '@/shared/i18n/trouble'
import { formatMinutes } from '@/shared/lib/dates'
import { formatPhone } from '@/shared/lib/phone'
import { useCan } from '@/shared/session/store'
import { IconRefresh, IconWarning } from '@/shared/ui/icons'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { CheckResult, LastLook } from './CheckResult'
import classes from './connections.module.css'
import { PhoneProgress } from './onboarding/PhoneProgress'
import { useCheckConnection } from './queries'
import { StatusBadge } from './StatusBadge'

interface ConnectionCardProps {
  connection: Connection
  onEdit: () => void
  onSetup: () => void
}

export function ConnectionCard({ connection, onEdit, onSetup }: ConnectionCardProps) {
  const { t } = useTranslation('connections')
  const canWrite = useCan('connections.write')
  const errorText = useErrorText()
  const trouble = useTrouble()
  const check = useCheckConnection()
  const { name, number, verified_name, is_default, status, status_reason, status_code } = connection
  const title = `connection-${connection.id}`
  return (
    <li className={classes.card} aria-labelledby={title}>
      <header className={classes.head}>
        <div className={classes.heading}>
          <h2 id={title} className={classes.name}>
            {name}
            {is_default && (
              <Badge variant="light" color="gray" tt="none" ml={8}>
                {t('default')}
              </Badge>
            )}
          </h2>
          <p className={classes.number}>
            {[formatPhone(number), verified_name].filter(Boolean).join(' · ') || t('noNumber')}
          </p>
        </div>
        <StatusBadge status={status} />
      </header>
      {status_reason && status !== 'connected' && (
        <p className={classes.reason}>
          <IconWarning size={16} aria-hidden /> {trouble(status_code, status_reason)}
        </p>
      )}
      <Facts connection={connection} />
      {connection.credentials.on_phone && <PhoneProgress connection={connection} />}
      {check.data && <CheckResult check={check.data} />}
      {!check.data && connection.health && (
        <LastLook at={connection.health.checked_at} checks={connection.health.checks} />
      )}
      {check.isError && (
        <p className={classes.reason} role="alert">
          <IconWarning size={16} aria-hidden /> {errorText(check.error)}
        </p>
      )}
      <footer className={classes.foot}>
        {canWrite && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconRefresh size={14} />}
            loading={check.isPending}
            onClick={() => check.mutate(connection.id)}
          >
            {t('check')}
          </Button>
        )}
        <Button variant="default" size="xs" onClick={onSetup}>
          {t('webhook')}
        </Button>
        <Button
          variant="default"
          size="xs"
          onClick={onEdit}
          aria-label={t(canWrite ? 'editOne' : 'openOne', { name })}
        >
          {t(canWrite ? 'edit' : 'open')}
        </Button>
      </footer>
    </li>
  )
}

function Facts({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections')
  const { kind, quality, queue, webhook, reopen_minutes } = connection
  const queueName = useQueues().find(({ id }) => id === queue)?.name
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{t(kind === 'gateway' ? 'gateway.lastCall' : 'lastWebhook')}</dt>
        <dd>{webhook.last_received_at ? <TimeAgo at={webhook.last_received_at} /> : t('neverCalled')}</dd>
      </div>
      <div>
        <dt>{t(kind === 'gateway' ? 'phone.kind' : 'quality')}</dt>
        {kind === 'gateway' ? (
          <dd>{t('gateway.kindName')}</dd>
        ) : (
          <dd>
            {quality ? t(`qualities.${quality.toUpperCase()}`, { defaultValue: quality }) : t('unknown')}
          </dd>
        )}
      </div>
      <div>
        <dt>{t('queue')}</dt>
        <dd className="hd-ellipsis">{queueName ?? t('noQueue')}</dd>
      </div>
      <div>
        <dt>{t('reopen')}</dt>
        <dd>{reopen_minutes > 0 ? formatMinutes(reopen_minutes) : t('neverReopens')}</dd>
      </div>
    </dl>
  )
}
