/** The address book. */
import { createRoute } from '@tanstack/react-router'
import { validateContactsSearch } from '@/features/contacts/search'
import { page } from './page'
import { shell } from './parents'

const contacts = createRoute({
  getParentRoute: () => shell,
  path: '/contacts',
  validateSearch: validateContactsSearch,
  component: page(() => import('@/features/contacts/ContactsPage'), 'ContactsPage'),
})

const contact = createRoute({
  getParentRoute: () => shell,
  path: '/contacts/$contact',
  component: page(() => import('@/features/contacts/one/ContactPage'), 'ContactPage'),
})

const contactImports = createRoute({
  getParentRoute: () => shell,
  path: '/contacts/imports',
  component: page(() => import('@/features/contacts/imports/ImportsPage'), 'ImportsPage'),
})

const contactImport = createRoute({
  getParentRoute: () => shell,
  path: '/contacts/imports/$import',
  component: page(() => import('@/features/contacts/imports/ImportPage'), 'ImportPage'),
})

const duplicates = createRoute({
  getParentRoute: () => shell,
  path: '/contacts/duplicates',
  component: page(() => import('@/features/contacts/duplicates/DuplicatesPage'), 'DuplicatesPage'),
})

export const contactRoutes = [contacts, contact, contactImports, contactImport, duplicates] as const
