/** Instead of the field: why one cannot answer now, and the one thing that helps. */
import { Button } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { keyCaps } from '@/shared/lib/hotkeys'
import { IconBlocked, IconLock, IconRestore, IconUserCheck } from '@/shared/ui/icons'
import { useLayout } from '../useLayout'
import classes from './Composer.module.css'
import type { Obstacle } from './mode'

interface ObstaclesProps {
  /** A closed window is none: what is written then waits. */
  obstacle: Exclude<Obstacle, 'window' | 'never'>
  isBusy: boolean
  onAccept: () => void
  onReopen: () => void
}

const SIGNS = {
  permission: IconLock,
  foreign: IconLock,
  closed: IconLock,
  pending: IconUserCheck,
  blocked: IconBlocked,
} as const

export function Obstacles({ obstacle, isBusy, onAccept, onReopen }: ObstaclesProps) {
  const { t } = useTranslation('inbox')
  const Sign = SIGNS[obstacle]
  // On phones these are the only buttons; elsewhere the header has the same.
  const prefix = useLayout() === 'phone' ? '' : 'composer-'
  return (
    <div className={classes.obstacle} data-testid="composer-locked" data-obstacle={obstacle}>
      <Sign size={20} stroke={1.7} className={classes.obstacleSign} aria-hidden />
      <p className={classes.obstacleText}>
        <strong>{t(`obstacles.${obstacle}.title`)}</strong>
        <span>{t(`obstacles.${obstacle}.text`)}</span>
      </p>
      {obstacle === 'pending' && (
        <Button
          data-testid={`${prefix}accept`}
          onClick={onAccept}
          loading={isBusy}
          rightSection={<kbd className={classes.key}>{keyCaps('i')[0]}</kbd>}
        >
          {t('actions.accept')}
        </Button>
      )}
      {obstacle === 'closed' && (
        <Button
          variant="default"
          leftSection={<IconRestore size={17} aria-hidden />}
          data-testid={`${prefix}reopen`}
          onClick={onReopen}
          loading={isBusy}
        >
          {t('actions.reopen')}
        </Button>
      )}
    </div>
  )
}
