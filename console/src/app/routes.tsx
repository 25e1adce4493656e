/** Every address of the console, as urls.py is for Django; its parts are in routes/. */
import { createRoute, createRouter, redirect } from '@tanstack/react-router'
import { ticketByNumber } from '@/features/inbox/data/byNumber'
import { validateInboxSearch } from '@/features/inbox/search'
import { whenNotificationClicked } from '@/features/notifications/notify'
import { startServiceWorker, whenPushClicked } from '@/features/notifications/push'
import { Broken } from './Broken'
import { InboxRoute } from './InboxRoute'
import { aiRoutes } from './routes/ai'
import { contactRoutes } from './routes/contacts'
import { knowledgeRoutes } from './routes/knowledge'
import { openRoutes } from './routes/open'
import { page } from './routes/page'
import { root, settings, shell } from './routes/parents'
import { settingsRoutes } from './routes/settings'
import { setLoginRoute } from './session'

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox' })
  },
})

const inbox = createRoute({
  getParentRoute: () => shell,
  path: '/inbox',
  component: InboxRoute,
  validateSearch: validateInboxSearch,
})

/** A ticket by the number that people call it. */
const byNumber = createRoute({
  getParentRoute: () => shell,
  path: '/t/$number',
  beforeLoad: async ({ params }) => {
    const ticket = await ticketByNumber(Number(params.number))
    throw redirect({ to: '/inbox', search: ticket === null ? {} : { ticket: ticket.id } })
  },
})

const welcome = createRoute({
  getParentRoute: () => shell,
  path: '/welcome',
  component: page(() => import('@/features/onboarding/WelcomePage'), 'WelcomePage'),
})

const team = createRoute({
  getParentRoute: () => shell,
  path: '/team',
  component: page(() => import('@/features/team/TeamPage'), 'TeamPage'),
})

const queues = createRoute({
  getParentRoute: () => shell,
  path: '/queues',
  component: page(() => import('@/features/queues/QueuesPage'), 'QueuesPage'),
})

const connections = createRoute({
  getParentRoute: () => shell,
  path: '/connections',
  component: page(() => import('@/features/connections/ConnectionsPage'), 'ConnectionsPage'),
})

const shellTree = shell.addChildren([
  inbox,
  byNumber,
  welcome,
  ...contactRoutes,
  ...knowledgeRoutes,
  team,
  queues,
  connections,
  settings.addChildren([...settingsRoutes, ...aiRoutes]),
])

export const router = createRouter({
  routeTree: root.addChildren([home, ...openRoutes, shellTree]),
  defaultPreload: 'intent',
  defaultErrorComponent: Broken,
  scrollRestoration: false,
})

setLoginRoute(() => void router.navigate({ to: '/login' }))
const openTicket = (ticket: number) => void router.navigate({ to: '/inbox', search: { ticket } })
whenNotificationClicked(openTicket)
whenPushClicked(openTicket)
void startServiceWorker()

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
