/** Linking a phone: the code that is valid now, how long it lives, and what became of it in plain words. */
import { Button, Loader, Modal } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Connection, Device } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { IconDone, IconWarning } from '@/shared/ui/icons'
import classes from './devices.module.css'
import { QrCode } from './QrCode'
import { useDevice, usePhoneAct } from './queries'

const LINKING: Device['state'][] = ['linked', 'connecting']
/** A code that nobody makes: the program that hosts phones does not run, perhaps. */
const PATIENCE_SECONDS = 15

export function PairDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const { t } = useTranslation(['connections', 'common'])
  const device = useDevice(connection.id)
  return (
    <Modal
      opened
      onClose={onClose}
      size={460}
      title={t('phone.pairTitle', { name: connection.name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {device?.state === 'pairing' && device.qr ? (
        <Code device={device} />
      ) : (
        <Outcome connection={connection} device={device} onClose={onClose} />
      )}
    </Modal>
  )
}

function Code({ device }: { device: Device }) {
  const { t } = useTranslation('connections')
  const left = useSecondsUntil(device.qr_expires_at)
  return (
    <div className={classes.pairing}>
      <div className={classes.code} data-stale={left === 0}>
        <QrCode text={device.qr} label={t('phone.codeLabel')} />
      </div>
      <p className={classes.attempt} role="timer">
        {t('phone.attempt', { attempt: device.attempt, attempts: device.attempts })}
        {' · '}
        {left > 0 ? t('phone.secondsLeft', { count: left }) : t('phone.nextComes')}
      </p>
      <ol className={classes.steps}>
        <li>{t('phone.step1')}</li>
        <li>{t('phone.step2')}</li>
        <li>{t('phone.step3')}</li>
      </ol>
    </div>
  )
}

interface OutcomeProps {
  connection: Connection
  device: Device | undefined
  onClose: () => void
}

function Outcome({ connection, device, onClose }: OutcomeProps) {
  const { t } = useTranslation(['connections', 'common'])
  const errorText = useErrorText()
  const act = usePhoneAct()
  const state = device?.state ?? 'new'
  const waited = useSecondsSince(state)
  if (state === 'online')
    return (
      <div className={classes.outcome}>
        <IconDone size={40} className={classes.good} aria-hidden />
        <p role="status">{t('phone.states.online')}</p>
        <Button onClick={onClose}>{t('common:close')}</Button>
      </div>
    )
  const isWaiting = device?.is_wanted && (state === 'new' || LINKING.includes(state))
  if (isWaiting)
    return (
      <div className={classes.outcome}>
        <Loader />
        <p role="status">{t(device.is_linked ? 'phone.linking' : 'phone.preparing')}</p>
        {device.failures > 0 && <p className="hd-muted">{`${t('phone.states.failed')} ${device.reason}`}</p>}
        {state === 'new' && waited > PATIENCE_SECONDS && <p className="hd-muted">{t('phone.noHost')}</p>}
      </div>
    )
  return (
    <div className={classes.outcome}>
      <IconWarning size={40} className={classes.bad} aria-hidden />
      <p role="alert">
        <strong>{t(`phone.states.${state}`)}</strong> {device?.reason}
      </p>
      <p className="hd-muted">{t(`phone.advice.${state}`, { defaultValue: '' })}</p>
      {act.isError && <p role="alert">{errorText(act.error)}</p>}
      <Button
        loading={act.isPending}
        onClick={() => act.mutate({ id: connection.id, act: device?.is_linked ? 'connect' : 'pair' })}
      >
        {t(device?.is_linked ? 'phone.connect' : 'phone.newCodes')}
      </Button>
    </div>
  )
}

/** Counts down every second; 0 once it is over, or when there is nothing to wait for. */
function useSecondsUntil(at: string | null): number {
  const now = useEverySecond()
  return at ? Math.max(0, Math.ceil((new Date(at).getTime() - now) / 1000)) : 0
}

function useSecondsSince(state: string): number {
  const [start, setStart] = useState({ state, at: Date.now() })
  if (start.state !== state) setStart({ state, at: Date.now() })
  return (useEverySecond() - start.at) / 1000
}

function useEverySecond(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}
