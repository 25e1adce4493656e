/** Says when the line is down (after three seconds) and when a new version waits. */
import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { useConnection } from '@/shared/realtime/connection'
import { IconRefresh, IconWifiOff } from '@/shared/ui/icons'
import classes from './ConnectionBanner.module.css'

const PATIENCE = 3_000

export function ConnectionBanner() {
  const { t } = useTranslation('app')
  const isLost = useLost()
  const isBlocked = useConnection(({ state }) => state === 'blocked')
  const hasUpdate = useConnection((state) => state.hasUpdate)
  return (
    <div role="status">
      {isBlocked && <p className={classes.banner}>{t('banner.blocked')}</p>}
      {isLost && !isBlocked && (
        <p className={classes.banner}>
          <IconWifiOff size={16} aria-hidden /> {t('banner.offline')}
        </p>
      )}
      {hasUpdate && !isLost && (
        <p className={classes.banner} data-tone="info">
          {t('banner.update')}
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconRefresh size={14} />}
            onClick={() => location.reload()}
          >
            {t('banner.reload')}
          </Button>
        </p>
      )}
    </div>
  )
}

/** True when the line has been down for long enough to be worth a word. */
function useLost(): boolean {
  const lostAt = useConnection((state) => state.lostAt)
  const [isLost, setLost] = useState(false)
  useEffect(() => {
    if (lostAt === null) {
      setLost(false)
      return
    }
    const timer = setTimeout(() => setLost(true), Math.max(0, lostAt + PATIENCE - Date.now()))
    return () => clearTimeout(timer)
  }, [lostAt])
  return isLost
}
