/** The settings, besides those of AI. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { validateMenusSearch } from '@/features/automation/search'
import { validateLedgerSearch } from '@/features/ledger/search'
import { settings } from './parents'

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

export const settingsRoutes = [
  settingsIndex,
  profile,
  notifications,
  security,
  company,
  rules,
  labels,
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
  costs,
  apiKeys,
  audit,
  ledger,
] as const
