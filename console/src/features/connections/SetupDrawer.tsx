/** What to do in Meta's page, step by step, with the two values to copy. */
import { Button, Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Connection } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { CopyButton } from '@/shared/ui/CopyButton'
import {
  IconCheck,
  IconCopy,
  IconDone,
  IconExternalLink,
  IconHourglass,
  IconRefresh,
} from '@/shared/ui/icons'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { CheckResult } from './CheckResult'
import classes from './connections.module.css'
import { CloudSteps } from './onboarding/CloudSteps'
import { stepsQuery } from './onboarding/queries'
import { Secrets } from './onboarding/Secrets'
import { useCheckConnection } from './queries'

interface SetupDrawerProps {
  connection: Connection
  onClose: () => void
}

export function SetupDrawer({ connection, onClose }: SetupDrawerProps) {
  const { t } = useTranslation(['connections', 'common'])
  const { app_id } = connection.credentials
  const canWrite = useCan('connections.write')
  const steps = useQuery({ ...stepsQuery(connection.id), enabled: canWrite })
  // What came through Meta's window has nothing to be pasted at Meta.
  const isOfAccount = steps.data?.some(({ code, state }) => code === 'callback_of_account' && state === 'ok')
  return (
    <Drawer
      opened
      onClose={onClose}
      size={560}
      title={t('setup.title', { name: connection.name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {canWrite && <CloudSteps id={connection.id} />}
      {!isOfAccount && (
        <ol className={classes.steps}>
          <li>
            <h3 className={classes.step}>{t('setup.open')}</h3>
            <p className="hd-muted">{t('setup.openText')}</p>
            <Button
              component="a"
              href={`https://developers.facebook.com/apps/${app_id ? `${app_id}/whatsapp-business/wa-settings/` : ''}`}
              target="_blank"
              rel="noopener noreferrer"
              variant="default"
              size="xs"
              rightSection={<IconExternalLink size={14} />}
            >
              {t('setup.openButton')}
            </Button>
          </li>
          <li>
            <h3 className={classes.step}>{t('setup.paste')}</h3>
            <p className="hd-muted">{t('setup.pasteText')}</p>
            <Copyable label={t('setup.url')} value={connection.webhook.url} />
            <Copyable label={t('setup.token')} value={connection.webhook.verify_token} />
          </li>
          <li>
            <h3 className={classes.step}>{t('setup.subscribe')}</h3>
            <p className="hd-muted">{t('setup.subscribeText')}</p>
          </li>
          <li>
            <h3 className={classes.step}>{t('setup.send')}</h3>
            <p className="hd-muted">{t('setup.sendText')}</p>
            <Received connection={connection} />
          </li>
        </ol>
      )}
      <LiveCheck connection={connection} />
      {canWrite && <Secrets connection={connection} />}
    </Drawer>
  )
}

export function Copyable({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation('connections')
  return (
    <div className={classes.copyable}>
      <div className={classes.copyText}>
        <span className={classes.copyLabel}>{label}</span>
        <code>{value}</code>
      </div>
      <CopyButton value={value}>
        {(copy, isCopied) => (
          <Button
            variant="default"
            size="xs"
            aria-label={t('setup.copyOne', { label })}
            leftSection={isCopied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            onClick={copy}
          >
            {t(isCopied ? 'setup.copied' : 'setup.copy')}
          </Button>
        )}
      </CopyButton>
    </div>
  )
}

/** Turns by itself when the first webhook arrives. */
export function Received({ connection: { webhook } }: { connection: Connection }) {
  const { t } = useTranslation('connections')
  const at = webhook.last_received_at
  return (
    <p className={classes.received} data-received={at !== null} role="status">
      {at ? <IconDone size={16} aria-hidden /> : <IconHourglass size={16} aria-hidden />}
      {at ? (
        <span>
          {t('setup.received')} <TimeAgo at={at} />
        </span>
      ) : (
        t('setup.waiting')
      )}
    </p>
  )
}

export function LiveCheck({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections')
  const canWrite = useCan('connections.write')
  const errorText = useErrorText()
  const check = useCheckConnection()
  if (!canWrite) return null
  return (
    <div className={classes.liveCheck}>
      {check.data && <CheckResult check={check.data} />}
      {check.isError && (
        <p className={classes.reason} role="alert">
          {errorText(check.error)}
        </p>
      )}
      <Button
        leftSection={<IconRefresh size={16} />}
        loading={check.isPending}
        onClick={() => check.mutate(connection.id)}
      >
        {t('check')}
      </Button>
    </div>
  )
}
