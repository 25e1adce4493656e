/** What other routes hang below: everything, what needs a session, and the settings with their menu. */
import { createRootRoute, createRoute, Outlet, redirect } from '@tanstack/react-router'
import { validateLoginSearch } from '@/features/auth/search'
import { NotFound } from '../NotFound'
import { Shell } from '../Shell'
import { isSignedIn } from '../session'
import { page } from './page'

export const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

/** Everything below needs a session. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: ({ location }) => {
    if (!isSignedIn()) throw redirect({ to: '/login', search: validateLoginSearch({ next: location.href }) })
  },
})

export const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: page(() => import('@/features/settings/SettingsLayout'), 'SettingsLayout'),
})
