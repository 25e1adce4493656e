/** What a screen shows when it has no rows to show: loading, empty, failed, not allowed. */
import { Button, Code } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { isApiError } from '@/shared/api/errors'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { type Icon, IconInbox, IconLock, IconOffline, IconRefresh, IconWarning } from './icons'
import classes from './states.module.css'

interface EmptyProps {
  title: string
  /** Why it is empty or what belongs here. */
  children?: ReactNode
  action?: ReactNode
  icon?: Icon
}

export function Empty({ title, children, action, icon: Sign = IconInbox }: EmptyProps) {
  return (
    <div className={classes.state}>
      <span className={classes.sign}>
        <Sign size={22} stroke={1.6} aria-hidden />
      </span>
      <p className={classes.title}>{title}</p>
      {children && <div className={classes.text}>{children}</div>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  )
}

interface FailedProps {
  error: unknown
  onRetry?: () => void
}

/** What failed, and a number to quote. A missing right gets its own words. */
export function Failed({ error, onRetry }: FailedProps) {
  const { t } = useTranslation('common')
  const text = useErrorText()(error)
  if (isApiError(error) && error.isForbidden) return <NoPermission />
  const requestId = isApiError(error) ? error.requestId : null
  return (
    <div className={classes.state} role="alert">
      <span className={classes.sign} data-tone="danger">
        {isApiError(error) && error.isOffline ? (
          <IconOffline size={22} aria-hidden />
        ) : (
          <IconWarning size={22} aria-hidden />
        )}
      </span>
      <p className={classes.title}>{t('failed.title')}</p>
      <div className={classes.text}>{text}</div>
      {requestId && (
        <div className={classes.text}>
          {t('failed.requestId')} <Code>{requestId}</Code>
        </div>
      )}
      {onRetry && (
        <div className={classes.action}>
          <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={onRetry}>
            {t('failed.retry')}
          </Button>
        </div>
      )}
    </div>
  )
}

export function NoPermission() {
  const { t } = useTranslation('common')
  return (
    <Empty icon={IconLock} title={t('noPermission.title')}>
      {t('noPermission.text')}
    </Empty>
  )
}

interface LoadingProps {
  /** The shape of one row, so that nothing jumps when the rows come. */
  rows?: number
  height?: number
}

/** Grey rows, but only when the answer takes longer than people notice. */
export function Loading({ rows = 6, height = 52 }: LoadingProps) {
  const { t } = useTranslation('common')
  const isSlow = useSlow()
  return (
    <div role="status" aria-label={t('loading')} className={classes.loading}>
      {/* biome-ignore lint/suspicious/noArrayIndexKey: grey rows have nothing else to be told apart by */}
      {isSlow && Array.from({ length: rows }, (_, row) => <Bones key={row} height={height} />)}
    </div>
  )
}

function Bones({ height }: { height: number }) {
  return (
    <div className={classes.row} style={{ height }}>
      <span className={classes.dot} />
      <span className={classes.lines}>
        <span className={classes.line} data-long />
        <span className={classes.line} />
      </span>
    </div>
  )
}

function useSlow(after = 150): boolean {
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), after)
    return () => clearTimeout(timer)
  }, [after])
  return isSlow
}
