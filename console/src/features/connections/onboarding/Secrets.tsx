/** Change the access token, the app's secret or the verify token while messages keep coming. */
import { Button, PasswordInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Connection, MetaApp } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { toast } from '@/shared/ui/toast'
import { Problem } from './CloudSteps'
import classes from './onboarding.module.css'
import { metaAppsQuery, useAppAct, useCloudAct } from './queries'

export function Secrets({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections')
  const apps = useQuery(metaAppsQuery)
  const app = apps.data?.find(({ app_id }) => app_id === connection.credentials.app_id)
  return (
    <details className={classes.panel}>
      <summary>{t('secrets.title')}</summary>
      <div className={classes.stack}>
        <p className="hd-muted">{t('secrets.text')}</p>
        <Token connection={connection} />
        {app && <AppSecrets app={app} />}
      </div>
    </details>
  )
}

function Token({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections')
  const run = useCloudAct(connection.id)
  const replace = (access_token: string, done: () => void) =>
    run.mutate(
      { act: 'token', access_token },
      {
        onSuccess: () => {
          done()
          void toast({ message: t('secrets.tokenDone') })
        },
      },
    )
  return (
    <Replace
      label={t('secrets.token')}
      hint={t('secrets.tokenHint')}
      isBusy={run.isPending}
      onReplace={replace}
      error={run.error}
    />
  )
}

function AppSecrets({ app }: { app: MetaApp }) {
  const { t } = useTranslation('connections')
  const rotate = useAppAct(app.id)
  const retire = useAppAct(app.id)
  const verify = useAppAct(app.id)
  const older = app.secrets.length - 1
  return (
    <>
      <Replace
        label={t('secrets.secret')}
        hint={t('secrets.secretHint')}
        isBusy={rotate.isPending}
        onReplace={(app_secret, done) =>
          rotate.mutate({ act: 'rotate-secret', app_secret }, { onSuccess: done })
        }
        error={rotate.error}
      >
        {older > 0 && (
          <p className={classes.line} data-state="warning" role="status">
            {t('secrets.older', { count: older })}{' '}
            {t(app.secrets[0]?.is_used ? 'secrets.newSeen' : 'secrets.oldSeen')}
          </p>
        )}
        {older > 0 && (
          <Button
            size="xs"
            variant="default"
            loading={retire.isPending}
            onClick={() => retire.mutate({ act: 'retire-secrets' })}
          >
            {t('secrets.retire')}
          </Button>
        )}
        <Problem error={retire.error} />
      </Replace>
      <div className={classes.stack}>
        <p className="hd-muted">
          {t(app.accepts_former_token ? 'secrets.verifyBoth' : 'secrets.verifyHint')}
        </p>
        <div>
          <Button
            size="xs"
            variant="default"
            loading={verify.isPending}
            onClick={() => verify.mutate({ act: 'rotate-verify-token' })}
          >
            {t('secrets.verify')}
          </Button>
        </div>
        <Problem error={verify.error} />
      </div>
    </>
  )
}

interface ReplaceProps {
  label: string
  hint: string
  isBusy: boolean
  error: unknown
  onReplace: (value: string, done: () => void) => void
  children?: ReactNode
}

function Replace({ label, hint, isBusy, error, onReplace, children }: ReplaceProps) {
  const { t } = useTranslation('connections')
  const [value, setValue] = useState('')
  return (
    <form
      className={classes.stack}
      onSubmit={(event) => {
        event.preventDefault()
        onReplace(value.trim(), () => setValue(''))
      }}
    >
      <PasswordInput
        label={label}
        description={hint}
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('showSecret') }}
      />
      <div>
        <Button type="submit" size="xs" variant="default" disabled={!value.trim()} loading={isBusy}>
          {t('secrets.replace')}
        </Button>
      </div>
      <Problem error={error} />
      {children}
    </form>
  )
}
