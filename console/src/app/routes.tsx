/** Every address of the console, as urls.py is for Django. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { validateLoginSearch, validateResetSearch } from '@/features/auth/search'
import { validateMenusSearch } from '@/features/automation/search'
import { validateContactsSearch } from '@/features/contacts/search'
import { ticketByNumber } from '@/features/inbox/data/byNumber'
import { validateInboxSearch } from '@/features/inbox/search'
import { validateKnowledgeSearch, validatePassageSearch } from '@/features/knowledge/search'
import { validateLedgerSearch } from '@/features/ledger/search'
import { whenNotificationClicked } from '@/features/notifications/notify'
import { startServiceWorker, whenPushClicked } from '@/features/notifications/push'
import { Broken } from './Broken'
import { InboxRoute } from './InboxRoute'
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

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: validateLoginSearch,
  component: lazyRouteComponent(() => import('@/features/auth/LoginPage'), 'LoginPage'),
})

const signup = createRoute({
  getParentRoute: () => root,
  path: '/signup',
  component: lazyRouteComponent(() => import('@/features/auth/SignUpPage'), 'SignUpPage'),
})

const forgot = createRoute({
  getParentRoute: () => root,
  path: '/forgot',
  component: lazyRouteComponent(() => import('@/features/auth/ForgotPage'), 'ForgotPage'),
})

const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  validateSearch: validateResetSearch,
  component: lazyRouteComponent(() => import('@/features/auth/ResetPage'), 'ResetPage'),
})

/** Everything below needs a session. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: ({ location }) => {
    if (!isSignedIn()) throw redirect({ to: '/login', search: validateLoginSearch({ next: location.href }) })
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
  component: lazyRouteComponent(() => import('@/features/onboarding/WelcomePage'), 'WelcomePage'),
})

const contacts = createRoute({
  getParentRoute: () => shell,
  path: '/contacts',
  validateSearch: validateContactsSearch,
  component: lazyRouteComponent(() => import('@/features/contacts/ContactsPage'), 'ContactsPage'),
})

const contact = createRoute({
  getParentRoute: () => shell,
  path: '/contacts/$contact',
  component: lazyRouteComponent(() => import('@/features/contacts/one/ContactPage'), 'ContactPage'),
})

const contactImports = createRoute({
  getParentRoute: () => shell,
  path: '/contacts/imports',
  component: lazyRouteComponent(() => import('@/features/contacts/imports/ImportsPage'), 'ImportsPage'),
})

const contactImport = createRoute({
  getParentRoute: () => shell,
  path: '/contacts/imports/$import',
  component: lazyRouteComponent(() => import('@/features/contacts/imports/ImportPage'), 'ImportPage'),
})

const duplicates = createRoute({
  getParentRoute: () => shell,
  path: '/contacts/duplicates',
  component: lazyRouteComponent(
    () => import('@/features/contacts/duplicates/DuplicatesPage'),
    'DuplicatesPage',
  ),
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

const signupReturn = createRoute({
  getParentRoute: () => root,
  path: '/connect/whatsapp',
  component: lazyRouteComponent(
    () => import('@/features/connections/onboarding/SignupReturn'),
    'SignupReturn',
  ),
})

const connections = createRoute({
  getParentRoute: () => shell,
  path: '/connections',
  component: lazyRouteComponent(() => import('@/features/connections/ConnectionsPage'), 'ConnectionsPage'),
})

const knowledge = createRoute({
  getParentRoute: () => shell,
  path: '/knowledge',
  validateSearch: validateKnowledgeSearch,
  component: lazyRouteComponent(() => import('@/features/knowledge/KnowledgePage'), 'KnowledgePage'),
})

/** Where citations lead: a document at a passage, or an answer. */
const knowledgeDocument = createRoute({
  getParentRoute: () => shell,
  path: '/knowledge/documents/$document',
  validateSearch: validatePassageSearch,
  component: lazyRouteComponent(() => import('@/features/knowledge/DocumentPage'), 'DocumentPage'),
})

const knowledgeAnswer = createRoute({
  getParentRoute: () => shell,
  path: '/knowledge/answers/$answer',
  component: lazyRouteComponent(() => import('@/features/knowledge/AnswerLink'), 'AnswerLink'),
})

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('@/features/settings/SettingsLayout'), 'SettingsLayout'),
})

const settingsIndex = createRoute({
  getParentRoute: () => settings,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/settings/SettingsLayout'), 'SettingsIndex'),
})

const profile = createRoute({
  getParentRoute: () => settings,
  path: '/profile',
  component: lazyRouteComponent(() => import('@/features/auth/ProfilePage'), 'ProfilePage'),
})

const notifications = createRoute({
  getParentRoute: () => settings,
  path: '/notifications',
  component: lazyRouteComponent(
    () => import('@/features/notifications/NotificationsPage'),
    'NotificationsPage',
  ),
})

const security = createRoute({
  getParentRoute: () => settings,
  path: '/security',
  component: lazyRouteComponent(() => import('@/features/auth/SecurityPage'), 'SecurityPage'),
})

const company = createRoute({
  getParentRoute: () => settings,
  path: '/company',
  component: lazyRouteComponent(() => import('@/features/settings/CompanyPage'), 'CompanyPage'),
})

const rules = createRoute({
  getParentRoute: () => settings,
  path: '/rules',
  component: lazyRouteComponent(() => import('@/features/settings/RulesPage'), 'RulesPage'),
})

const labels = createRoute({
  getParentRoute: () => settings,
  path: '/labels',
  component: lazyRouteComponent(() => import('@/features/labels/LabelsPage'), 'LabelsPage'),
})

const hours = createRoute({
  getParentRoute: () => settings,
  path: '/hours',
  component: lazyRouteComponent(() => import('@/features/automation/HoursPage'), 'HoursPage'),
})

const menus = createRoute({
  getParentRoute: () => settings,
  path: '/menus',
  validateSearch: validateMenusSearch,
  component: lazyRouteComponent(() => import('@/features/automation/MenusPage'), 'MenusPage'),
})

const messages = createRoute({
  getParentRoute: () => settings,
  path: '/messages',
  component: lazyRouteComponent(() => import('@/features/automation/MessagesPage'), 'MessagesPage'),
})

const privacy = createRoute({
  getParentRoute: () => settings,
  path: '/privacy',
  component: lazyRouteComponent(() => import('@/features/automation/PrivacyPage'), 'PrivacyPage'),
})

const quickReplies = createRoute({
  getParentRoute: () => settings,
  path: '/quick-replies',
  component: lazyRouteComponent(() => import('@/features/quickReplies/QuickRepliesPage'), 'QuickRepliesPage'),
})

const templates = createRoute({
  getParentRoute: () => settings,
  path: '/templates',
  component: lazyRouteComponent(() => import('@/features/templates/TemplatesPage'), 'TemplatesPage'),
})

const macros = createRoute({
  getParentRoute: () => settings,
  path: '/macros',
  component: lazyRouteComponent(() => import('@/features/macros/MacrosPage'), 'MacrosPage'),
})

const assistants = createRoute({
  getParentRoute: () => settings,
  path: '/assistants',
  component: lazyRouteComponent(() => import('@/features/assistants/AssistantsPage'), 'AssistantsPage'),
})

const assistant = createRoute({
  getParentRoute: () => settings,
  path: '/assistants/$assistant',
  component: lazyRouteComponent(() => import('@/features/assistants/AssistantPage'), 'AssistantPage'),
})

const distribution = createRoute({
  getParentRoute: () => settings,
  path: '/distribution',
  component: lazyRouteComponent(() => import('@/features/automation/DistributionPage'), 'DistributionPage'),
})

const sla = createRoute({
  getParentRoute: () => settings,
  path: '/sla',
  component: lazyRouteComponent(() => import('@/features/sla/SlaPage'), 'SlaPage'),
})

const schedules = createRoute({
  getParentRoute: () => settings,
  path: '/schedules',
  component: lazyRouteComponent(() => import('@/features/schedules/SchedulesPage'), 'SchedulesPage'),
})

const ratings = createRoute({
  getParentRoute: () => settings,
  path: '/ratings',
  component: lazyRouteComponent(() => import('@/features/ratings/RatingsPage'), 'RatingsPage'),
})

const costs = createRoute({
  getParentRoute: () => settings,
  path: '/costs',
  component: lazyRouteComponent(() => import('@/features/costs/CostsPage'), 'CostsPage'),
})

const bots = createRoute({
  getParentRoute: () => settings,
  path: '/bots',
  component: lazyRouteComponent(() => import('@/features/bots/BotsPage'), 'BotsPage'),
})

const talks = createRoute({
  getParentRoute: () => settings,
  path: '/talks',
  component: lazyRouteComponent(() => import('@/features/bots/TalksPage'), 'TalksPage'),
})

const recordings = createRoute({
  getParentRoute: () => settings,
  path: '/recordings',
  component: lazyRouteComponent(() => import('@/features/speech/RecordingsPage'), 'RecordingsPage'),
})

const recording = createRoute({
  getParentRoute: () => settings,
  path: '/recordings/$recording',
  component: lazyRouteComponent(() => import('@/features/speech/RecordingPage'), 'RecordingPage'),
})

const exams = createRoute({
  getParentRoute: () => settings,
  path: '/exams',
  component: lazyRouteComponent(() => import('@/features/exams/ExamsPage'), 'ExamsPage'),
})

const exam = createRoute({
  getParentRoute: () => settings,
  path: '/exams/$exam',
  component: lazyRouteComponent(() => import('@/features/exams/ExamPage'), 'ExamPage'),
})

const aiProviders = createRoute({
  getParentRoute: () => settings,
  path: '/ai',
  component: lazyRouteComponent(() => import('@/features/ai/ProvidersPage'), 'ProvidersPage'),
})

const aiUsage = createRoute({
  getParentRoute: () => settings,
  path: '/ai-usage',
  component: lazyRouteComponent(() => import('@/features/ai/UsagePage'), 'UsagePage'),
})

const apiKeys = createRoute({
  getParentRoute: () => settings,
  path: '/api-keys',
  component: lazyRouteComponent(() => import('@/features/settings/ApiKeysPage'), 'ApiKeysPage'),
})

const audit = createRoute({
  getParentRoute: () => settings,
  path: '/audit',
  component: lazyRouteComponent(() => import('@/features/settings/AuditPage'), 'AuditPage'),
})

const ledger = createRoute({
  getParentRoute: () => settings,
  path: '/ledger',
  validateSearch: validateLedgerSearch,
  component: lazyRouteComponent(() => import('@/features/ledger/LedgerPage'), 'LedgerPage'),
})

const settingsTree = settings.addChildren([
  settingsIndex,
  profile,
  notifications,
  security,
  company,
  rules,
  labels,
  assistants,
  assistant,
  hours,
  menus,
  messages,
  privacy,
  quickReplies,
  templates,
  macros,
  distribution,
  sla,
  schedules,
  ratings,
  exams,
  exam,
  costs,
  bots,
  talks,
  recordings,
  recording,
  aiProviders,
  aiUsage,
  apiKeys,
  audit,
  ledger,
])
const shellTree = shell.addChildren([
  inbox,
  byNumber,
  welcome,
  contacts,
  contact,
  contactImports,
  contactImport,
  duplicates,
  knowledge,
  knowledgeDocument,
  knowledgeAnswer,
  team,
  queues,
  connections,
  settingsTree,
])

export const router = createRouter({
  routeTree: root.addChildren([home, login, signup, forgot, reset, signupReturn, shellTree]),
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
