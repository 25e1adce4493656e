/** A linked phone: where it stands, what to do about it, and the buttons that do it. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Connection, Device } from '@/shared/api/types'
import { useQueues } from '@/shared/directory/queries'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { useTrouble } from '@/shared/i18n/trouble'
import { formatDateTime } from '@/shared/lib/dates'
import { formatPhone } from '@/shared/lib/phone'
import { useCan } from '@/shared/session/store'
import { ConfirmDialog } from '@/shared/ui/ConfirmDialog'
import { IconPhone, IconWarning } from '@/shared/ui/icons'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import classes from '../connections.module.css'
import { StatusBadge } from '../StatusBadge'
import { PairDialog } from './PairDialog'
import { PhoneDrawer } from './PhoneDrawer'
import { useDevice, usePhoneAct } from './queries'

export function PhoneCard({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections')
  const canWrite = useCan('connections.write')
  const device = useDevice(connection.id)
  const [opened, setOpened] = useState<'edit' | 'pair' | null>(null)
  const title = `connection-${connection.id}`
  return (
    <li className={classes.card} aria-labelledby={title}>
      <header className={classes.head}>
        <div className={classes.heading}>
          <h2 id={title} className={classes.name}>
            {connection.name}
          </h2>
          <p className={classes.number}>
            {[formatPhone(connection.number), connection.verified_name].filter(Boolean).join(' · ') ||
              t('phone.notLinked')}
          </p>
        </div>
        <StatusBadge status={connection.status} />
      </header>
      <Trouble connection={connection} device={device} />
      <Facts connection={connection} device={device} />
      <footer className={classes.foot}>
        {canWrite && <Acts connection={connection} device={device} onPair={() => setOpened('pair')} />}
        <Button
          variant="default"
          size="xs"
          onClick={() => setOpened('edit')}
          aria-label={t(canWrite ? 'editOne' : 'openOne', { name: connection.name })}
        >
          {t(canWrite ? 'edit' : 'open')}
        </Button>
      </footer>
      {opened === 'edit' && (
        <PhoneDrawer
          connection={connection}
          onClose={() => setOpened(null)}
          onSaved={() => setOpened(null)}
        />
      )}
      {opened === 'pair' && <PairDialog connection={connection} onClose={() => setOpened(null)} />}
    </li>
  )
}

interface PartProps {
  connection: Connection
  device: Device | undefined
}

function Trouble({ connection, device }: PartProps) {
  const { t } = useTranslation('connections')
  const trouble = useTrouble()
  if (connection.status === 'connected' || connection.status === 'pending') return null
  if (!device)
    return (
      <p className={classes.reason}>
        <IconWarning size={16} aria-hidden /> {trouble(connection.status_code, connection.status_reason)}
      </p>
    )
  const until = device.banned_until && t('phone.bannedUntil', { at: formatDateTime(device.banned_until) })
  const words = [t(`phone.states.${device.state}`), device.reason, until]
  return (
    <p className={classes.reason}>
      <IconWarning size={16} aria-hidden />
      <span>
        <strong>{words.filter(Boolean).join(' ')}</strong>{' '}
        {t(`phone.advice.${device.state}`, { defaultValue: '' })}
      </span>
    </p>
  )
}

function Facts({ connection, device }: PartProps) {
  const { t } = useTranslation('connections')
  const queueName = useQueues().find(({ id }) => id === connection.queue)?.name
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{t('phone.kind')}</dt>
        <dd>{t('phone.kindName')}</dd>
      </div>
      <div>
        <dt>{t('phone.onlineSince')}</dt>
        <dd>{device?.state === 'online' && device.online_at ? <TimeAgo at={device.online_at} /> : '–'}</dd>
      </div>
      <div>
        <dt>{t('queue')}</dt>
        <dd className="hd-ellipsis">{queueName ?? t('noQueue')}</dd>
      </div>
    </dl>
  )
}

function Acts({ connection, device, onPair }: PartProps & { onPair: () => void }) {
  const { t } = useTranslation('connections')
  const errorText = useErrorText()
  const act = usePhoneAct()
  const { id } = connection
  const [isLeaving, setLeaving] = useState(false)
  if (!device?.is_linked)
    return (
      <>
        {act.isError && <p role="alert">{errorText(act.error)}</p>}
        <Button
          size="xs"
          leftSection={<IconPhone size={14} />}
          data-testid="pair-phone"
          loading={act.isPending}
          onClick={() =>
            device?.is_wanted ? onPair() : act.mutate({ id, act: 'pair' }, { onSuccess: onPair })
          }
        >
          {t('phone.pair')}
        </Button>
      </>
    )
  return (
    <>
      {act.isError && <p role="alert">{errorText(act.error)}</p>}
      <Button
        variant="default"
        size="xs"
        loading={act.isPending}
        onClick={() => act.mutate({ id, act: device.is_wanted ? 'disconnect' : 'connect' })}
      >
        {t(device.is_wanted ? 'phone.disconnect' : 'phone.connect')}
      </Button>
      <Button variant="default" size="xs" onClick={() => setLeaving(true)}>
        {t('phone.logout')}
      </Button>
      <ConfirmDialog
        isOpen={isLeaving}
        title={t('phone.logoutTitle', { name: connection.name })}
        confirmLabel={t('phone.logout')}
        isBusy={act.isPending}
        onConfirm={() => act.mutate({ id, act: 'logout' }, { onSuccess: () => setLeaving(false) })}
        onClose={() => setLeaving(false)}
      >
        {t('phone.logoutText')}
      </ConfirmDialog>
    </>
  )
}
