/** The bell in the rail: how many notifications are unread, and the way to them. */
import { useQuery } from '@tanstack/react-query'
import { type Ref, Suspense, useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { later } from '@/shared/lib/later'
import { Hint } from '@/shared/ui/Hint'
import { IconBell } from '@/shared/ui/icons'
import classes from './Bell.module.css'
import { noticeCountQuery } from './queries'

const Centre = later(() => import('./Centre'), 'Centre')

export function Bell({ className }: { className?: string }) {
  const { t } = useTranslation('app')
  const { data: unread = 0 } = useQuery(noticeCountQuery)
  const [isOpen, setOpen] = useState(false)
  const [isWanted, setWanted] = useState(false)
  function toggle(): void {
    setWanted(true)
    setOpen(!isOpen)
  }
  const label = unread > 0 ? t('bellUnread', { count: unread }) : t('bell')
  const button = (ref?: Ref<HTMLButtonElement>) => (
    <button
      ref={ref}
      type="button"
      className={className}
      aria-label={label}
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      onClick={toggle}
    >
      <span className={classes.bell}>
        <IconBell size={21} stroke={1.6} aria-hidden />
        {unread > 0 && <span className={classes.count}>{unread > 99 ? '99+' : unread}</span>}
      </span>
    </button>
  )
  if (!isWanted)
    return (
      <Hint label={t('bell')} position="right">
        {button()}
      </Hint>
    )
  return (
    <Suspense fallback={button()}>
      <Centre isOpen={isOpen} onClose={() => setOpen(false)} button={button()} />
    </Suspense>
  )
}
