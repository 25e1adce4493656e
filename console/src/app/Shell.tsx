/** The frame around every screen behind the login: rail (a bottom bar on phones), banner, screen, palette. */
import { Outlet, useRouterState } from '@tanstack/react-router'
import { Suspense, useEffect, useState } from 'react'
import { useKeyboard } from '@/shared/actions/keyboard'
import { useTranslation } from '@/shared/i18n/translate'
import { fetchAhead, later } from '@/shared/lib/later'
import { closeSearch, useSearchOverlay } from '@/shared/search/overlay'
import { useAppActions } from './actions'
import { ConnectionBanner } from './ConnectionBanner'
import { Rail } from './Rail'
import classes from './Shell.module.css'
import { useFollowTheme } from './useFollowTheme'

/** Milliseconds after which the palette, and then all other parts, are fetched. */
const SOON = 1_500
const AHEAD = 10_000
const loadPalette = () => import('./CommandPalette')
const CommandPalette = later(loadPalette, 'CommandPalette')
const SearchOverlay = later(() => import('@/features/finding/SearchOverlay'), 'SearchOverlay')
const ShortcutsSheet = later(() => import('./ShortcutsSheet'), 'ShortcutsSheet')

export function Shell() {
  const { t } = useTranslation('app')
  const [overlay, setOverlay] = useState<'palette' | 'help' | null>(null)
  const isSearching = useSearchOverlay(({ words }) => words !== null)
  const path = useRouterState({ select: ({ location }) => location.pathname })
  useFollowTheme()
  useKeyboard()
  useAppActions({ openHelp: () => setOverlay('help'), openPalette: () => setOverlay('palette') })
  // What lies over a screen goes with it, also when people leave by the browser's button or sign out.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another path, another screen
  useEffect(() => {
    return () => {
      closeSearch()
      setOverlay(null)
    }
  }, [path])
  // People type at once after Ctrl+K: the palette has to be there by then.
  useEffect(() => {
    const timers = [
      setTimeout(() => void loadPalette().catch(() => undefined), SOON),
      setTimeout(fetchAhead, AHEAD),
    ]
    return () => timers.forEach(clearTimeout)
  }, [])
  return (
    <div className={classes.shell}>
      <a href="#main" className="hd-skip">
        {t('skip')}
      </a>
      <Rail onSearch={() => setOverlay('palette')} onHelp={() => setOverlay('help')} />
      <div className={classes.column}>
        <ConnectionBanner />
        <main id="main" tabIndex={-1} className={classes.main}>
          <Outlet />
          <div id="floating" />
        </main>
      </div>
      <Suspense>
        {overlay === 'palette' && <CommandPalette onClose={() => setOverlay(null)} />}
        {isSearching && <SearchOverlay />}
        {overlay === 'help' && <ShortcutsSheet onClose={() => setOverlay(null)} />}
      </Suspense>
    </div>
  )
}
