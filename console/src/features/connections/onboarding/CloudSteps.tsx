/** What a number still needs, asked of Meta now, and the button that does each. */
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CloudStep } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { Failed, Loading } from '@/shared/ui/states'
import classes from './onboarding.module.css'
import { stepsQuery, useCloudAct } from './queries'
import { useReason } from './reasons'
import { StepLine } from './StepLine'

export function CloudSteps({ id }: { id: number }) {
  const { t } = useTranslation('connections')
  const steps = useQuery(stepsQuery(id))
  const isReady = steps.data?.every(({ state }) => state === 'ok')
  return (
    <section className={classes.panel} aria-label={t('cloud.title')}>
      <h3>{t(isReady ? 'cloud.ready' : 'cloud.title')}</h3>
      {steps.isPending && <Loading rows={3} height={20} />}
      {steps.isError && <Failed error={steps.error} onRetry={() => void steps.refetch()} />}
      {steps.data && (
        <ul className={classes.todo}>
          {steps.data.map((step) => (
            <li key={step.name}>
              <StepLine step={step} />
              {step.state === 'todo' && <Act id={id} step={step} />}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Act({ id, step }: { id: number; step: CloudStep }) {
  if (step.name === 'verified') return <Verify id={id} />
  if (step.name === 'registered') return <Register id={id} />
  return <Press id={id} act={step.name === 'subscribed' ? 'subscribe' : 'callback'} />
}

function Press({ id, act }: { id: number; act: 'subscribe' | 'callback' }) {
  const { t } = useTranslation('connections')
  const run = useCloudAct(id)
  return (
    <div className={classes.row}>
      <Button size="xs" variant="default" loading={run.isPending} onClick={() => run.mutate({ act })}>
        {t(act === 'callback' ? 'cloud.point' : 'cloud.subscribe')}
      </Button>
      <Problem error={run.error} />
    </div>
  )
}

function Register({ id }: { id: number }) {
  const { t } = useTranslation('connections')
  const run = useCloudAct(id)
  const [pin, setPin] = useState('')
  return (
    <form
      className={classes.row}
      onSubmit={(event) => {
        event.preventDefault()
        run.mutate({ act: 'register', pin })
      }}
    >
      <TextInput
        label={t('cloud.pin')}
        description={t('cloud.pinHint')}
        value={pin}
        onChange={(event) => setPin(event.currentTarget.value)}
        inputMode="numeric"
        autoComplete="off"
        maxLength={6}
      />
      <Button type="submit" size="xs" disabled={!/^\d{6}$/.test(pin)} loading={run.isPending}>
        {t('cloud.register')}
      </Button>
      <Problem error={run.error} />
    </form>
  )
}

function Verify({ id }: { id: number }) {
  const { t, language } = useTranslation('connections')
  const ask = useCloudAct(id)
  const verify = useCloudAct(id)
  const [code, setCode] = useState('')
  const request = (method: 'sms' | 'voice') =>
    ask.mutate({ act: 'request-code', method, language: language.replace('-', '_') })
  return (
    <div className={classes.row}>
      <Button size="xs" variant="default" loading={ask.isPending} onClick={() => request('sms')}>
        {t('cloud.sms')}
      </Button>
      <Button size="xs" variant="default" disabled={ask.isPending} onClick={() => request('voice')}>
        {t('cloud.voice')}
      </Button>
      {ask.isSuccess && (
        <TextInput
          label={t('cloud.code')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          inputMode="numeric"
          autoComplete="one-time-code"
        />
      )}
      {ask.isSuccess && (
        <Button
          size="xs"
          disabled={code.length < 4}
          loading={verify.isPending}
          onClick={() => verify.mutate({ act: 'verify-code', code })}
        >
          {t('cloud.confirm')}
        </Button>
      )}
      <Problem error={ask.error ?? verify.error} />
    </div>
  )
}

export function Problem({ error }: { error: unknown }) {
  const why = useReason()
  if (!error) return null
  return (
    <p className={classes.line} data-state="failed" role="alert">
      {why(error)}
    </p>
  )
}
