/** Settings: the list of pages on the left, the chosen one on the right; on phones one after the other. */

import { useMediaQuery } from '@mantine/hooks'
import { Link, Outlet, useMatchRoute, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { IconBack, IconChevronRight } from '@/shared/ui/icons'
import { useTitle } from '@/shared/ui/Page'
import { type SettingsEntry, useSettingsGroups } from './entries'
import classes from './SettingsLayout.module.css'

export function SettingsLayout() {
  const { t } = useTranslation('settings')
  const isIndex = useMatchRoute()({ to: '/settings' }) !== false
  return (
    <div className={classes.layout} data-index={isIndex || undefined}>
      <nav className={classes.nav} aria-label={t('title')}>
        <Groups />
      </nav>
      <div className={classes.content}>
        {!isIndex && (
          <Link to="/settings" className={classes.back}>
            <IconBack size={18} aria-hidden /> {t('title')}
          </Link>
        )}
        <div className={classes.page}>
          <Outlet />
        </div>
      </div>
    </div>
  )
}

/** `/settings` itself: on wide screens the first page opens, on phones the list is the page. */
export function SettingsIndex() {
  const { t } = useTranslation('settings')
  const navigate = useNavigate()
  const isWide = useMediaQuery('(min-width: 721px)', undefined, { getInitialValueInEffect: false })
  useTitle(t('title'))
  useEffect(() => {
    if (isWide) void navigate({ to: '/settings/profile', replace: true })
  }, [isWide, navigate])
  return null
}

function Groups() {
  const { t } = useTranslation('settings')
  return (
    <>
      <h1 className={classes.heading}>{t('title')}</h1>
      {useSettingsGroups().map(({ title, entries }) => (
        <div key={title} className={classes.group}>
          <h2 className={classes.label}>{title}</h2>
          <ul className={classes.list}>
            {entries.map((entry) => (
              <Entry key={entry.to} entry={entry} />
            ))}
          </ul>
        </div>
      ))}
    </>
  )
}

function Entry({ entry: { to, label, icon: Sign, isPhoneOnly } }: { entry: SettingsEntry }) {
  return (
    <li data-phone={isPhoneOnly || undefined}>
      <Link to={to} className={classes.entry} activeProps={{ 'data-active': true }}>
        <Sign size={18} stroke={1.6} aria-hidden />
        <span className="hd-ellipsis">{label}</span>
        <IconChevronRight size={16} className={classes.chevron} aria-hidden />
      </Link>
    </li>
  )
}
