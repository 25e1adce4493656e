/** Every address of the console, as urls.py is for Django. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { validateLoginSearch } from '@/features/auth/search'
import { InboxPage } from '@/features/inbox/InboxPage'
import { validateInboxSearch } from '@/features/inbox/search'
import { NotFound } from './NotFound'
import { Shell } from './Shell'
import { isSignedIn, setLoginRoute } from './session'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox' })
  },
})

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: ({ location }) => {
    if (!isSignedIn()) throw redirect({ to: '/login', search: { next: location.href } })
  },
})

const inbox = createRoute({
  getParentRoute: () => shell,
  path: '/inbox',
  component: InboxPage,
  validateSearch: validateInboxSearch,
})

const contacts = createRoute({
  getParentRoute: () => shell,
  path: '/contacts',
  component: lazyRouteComponent(() => import('@/features/contacts/ContactsPage'), 'ContactsPage'),
})

const team = createRoute({
  getParentRoute: () => shell,
  path: '/team',
  component: lazyRouteComponent(() => import('@/features/team/TeamPage'), 'TeamPage'),
})

const queues = createRoute({
  getParentRoute: () => shell,
  path: '/queues',
  component: lazyRouteComponent(() => import('@/features/queues/QueuesPage'), 'QueuesPage'),
})

const connections = createRoute({
  getParentRoute: () => shell,
  path: '/connections',
  component: lazyRouteComponent(() => import('@/features/connections/ConnectionsPage'), 'ConnectionsPage'),
})

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('@/features/settings/SettingsPage'), 'SettingsPage'),
})

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: validateLoginSearch,
  component: lazyRouteComponent(() => import('@/features/auth/LoginPage'), 'LoginPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    login,
    shell.addChildren([inbox, contacts, team, queues, connections, settings]),
  ]),
  defaultPreload: 'intent',
  scrollRestoration: false,
})

setLoginRoute(() => void router.navigate({ to: '/login' }))

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
