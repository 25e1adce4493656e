/** The address book. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { validateContactsSearch } from '@/features/contacts/search'
import { shell } from './parents'

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

export const contactRoutes = [contacts, contact, contactImports, contactImport, duplicates] as const
