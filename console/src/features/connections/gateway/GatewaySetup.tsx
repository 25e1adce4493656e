/** What the gateway must be told: where to call, for what, and with which key. */
import { Drawer } from '@mantine/core'
import type { Connection } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import classes from '../connections.module.css'
import { Copyable, LiveCheck, Received } from '../SetupDrawer'
import { GatewayPast } from './GatewayPast'

// message.any is every message, with those that somebody writes on the phone itself.
const CALLS = 'message.any, message.ack, message.reaction, message.edited, message.revoked, session.status'

export function GatewaySetup({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const { t } = useTranslation(['connections', 'common'])
  const canWrite = useCan('connections.write')
  return (
    <Drawer
      opened
      onClose={onClose}
      size={560}
      title={t('setup.title', { name: connection.name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <ol className={classes.steps}>
        <li>
          <h3 className={classes.step}>{t('gateway.where')}</h3>
          <p className="hd-muted">{t('gateway.whereText')}</p>
          <Copyable label={t('setup.url')} value={connection.webhook.url} />
          <Copyable label={t('gateway.calls')} value={CALLS} />
        </li>
        <li>
          <h3 className={classes.step}>{t('gateway.sign')}</h3>
          <p className="hd-muted">{t('gateway.signText')}</p>
        </li>
        <li>
          <h3 className={classes.step}>{t('setup.send')}</h3>
          <p className="hd-muted">{t('gateway.sendText')}</p>
          <Received connection={connection} />
        </li>
      </ol>
      <LiveCheck connection={connection} />
      {canWrite && <GatewayPast connection={connection} />}
    </Drawer>
  )
}
