/** What needs no session. */
import { createRoute } from '@tanstack/react-router'
import { validateLoginSearch, validateResetSearch } from '@/features/auth/search'
import { page } from './page'
import { root } from './parents'

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: validateLoginSearch,
  component: page(() => import('@/features/auth/LoginPage'), 'LoginPage'),
})

const signup = createRoute({
  getParentRoute: () => root,
  path: '/signup',
  component: page(() => import('@/features/auth/SignUpPage'), 'SignUpPage'),
})

const forgot = createRoute({
  getParentRoute: () => root,
  path: '/forgot',
  component: page(() => import('@/features/auth/ForgotPage'), 'ForgotPage'),
})

const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  validateSearch: validateResetSearch,
  component: page(() => import('@/features/auth/ResetPage'), 'ResetPage'),
})

const signupReturn = createRoute({
  getParentRoute: () => root,
  path: '/connect/whatsapp',
  component: page(() => import('@/features/connections/onboarding/SignupReturn'), 'SignupReturn'),
})

export const openRoutes = [login, signup, forgot, reset, signupReturn] as const
