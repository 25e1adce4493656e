/** The settings, besides those of AI. */
import { createRoute } from '@tanstack/react-router'
import { validateMenusSearch } from '@/features/automation/search'
import { validateLedgerSearch } from '@/features/ledger/search'
import { page } from './page'
import { settings } from './parents'

const settingsIndex = createRoute({
  getParentRoute: () => settings,
  path: '/',
  component: page(() => import('@/features/settings/SettingsLayout'), 'SettingsIndex'),
})

const profile = createRoute({
  getParentRoute: () => settings,
  path: '/profile',
  component: page(() => import('@/features/auth/ProfilePage'), 'ProfilePage'),
})

const notifications = createRoute({
  getParentRoute: () => settings,
  path: '/notifications',
  component: page(() => import('@/features/notifications/NotificationsPage'), 'NotificationsPage'),
})

const security = createRoute({
  getParentRoute: () => settings,
  path: '/security',
  component: page(() => import('@/features/auth/SecurityPage'), 'SecurityPage'),
})

const company = createRoute({
  getParentRoute: () => settings,
  path: '/company',
  component: page(() => import('@/features/settings/CompanyPage'), 'CompanyPage'),
})

const rules = createRoute({
  getParentRoute: () => settings,
  path: '/rules',
  component: page(() => import('@/features/settings/RulesPage'), 'RulesPage'),
})

const labels = createRoute({
  getParentRoute: () => settings,
  path: '/labels',
  component: page(() => import('@/features/labels/LabelsPage'), 'LabelsPage'),
})

const hours = createRoute({
  getParentRoute: () => settings,
  path: '/hours',
  component: page(() => import('@/features/automation/HoursPage'), 'HoursPage'),
})

const menus = createRoute({
  getParentRoute: () => settings,
  path: '/menus',
  validateSearch: validateMenusSearch,
  component: page(() => import('@/features/automation/MenusPage'), 'MenusPage'),
})

const messages = createRoute({
  getParentRoute: () => settings,
  path: '/messages',
  component: page(() => import('@/features/automation/MessagesPage'), 'MessagesPage'),
})

const privacy = createRoute({
  getParentRoute: () => settings,
  path: '/privacy',
  component: page(() => import('@/features/automation/PrivacyPage'), 'PrivacyPage'),
})

const quickReplies = createRoute({
  getParentRoute: () => settings,
  path: '/quick-replies',
  component: page(() => import('@/features/quickReplies/QuickRepliesPage'), 'QuickRepliesPage'),
})

const templates = createRoute({
  getParentRoute: () => settings,
  path: '/templates',
  component: page(() => import('@/features/templates/TemplatesPage'), 'TemplatesPage'),
})

const macros = createRoute({
  getParentRoute: () => settings,
  path: '/macros',
  component: page(() => import('@/features/macros/MacrosPage'), 'MacrosPage'),
})

const distribution = createRoute({
  getParentRoute: () => settings,
  path: '/distribution',
  component: page(() => import('@/features/automation/DistributionPage'), 'DistributionPage'),
})

const sla = createRoute({
  getParentRoute: () => settings,
  path: '/sla',
  component: page(() => import('@/features/sla/SlaPage'), 'SlaPage'),
})

const schedules = createRoute({
  getParentRoute: () => settings,
  path: '/schedules',
  component: page(() => import('@/features/schedules/SchedulesPage'), 'SchedulesPage'),
})

const ratings = createRoute({
  getParentRoute: () => settings,
  path: '/ratings',
  component: page(() => import('@/features/ratings/RatingsPage'), 'RatingsPage'),
})

const costs = createRoute({
  getParentRoute: () => settings,
  path: '/costs',
  component: page(() => import('@/features/costs/CostsPage'), 'CostsPage'),
})

const apiKeys = createRoute({
  getParentRoute: () => settings,
  path: '/api-keys',
  component: page(() => import('@/features/settings/ApiKeysPage'), 'ApiKeysPage'),
})

const audit = createRoute({
  getParentRoute: () => settings,
  path: '/audit',
  component: page(() => import('@/features/settings/AuditPage'), 'AuditPage'),
})

const ledger = createRoute({
  getParentRoute: () => settings,
  path: '/ledger',
  validateSearch: validateLedgerSearch,
  component: page(() => import('@/features/ledger/LedgerPage'), 'LedgerPage'),
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
