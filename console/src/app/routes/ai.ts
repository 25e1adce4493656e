/** Assistants, bots, recordings and what they cost: in the settings. */
import { createRoute } from '@tanstack/react-router'
import { page } from './page'
import { settings } from './parents'

const assistants = createRoute({
  getParentRoute: () => settings,
  path: '/assistants',
  component: page(() => import('@/features/assistants/AssistantsPage'), 'AssistantsPage'),
})

const assistant = createRoute({
  getParentRoute: () => settings,
  path: '/assistants/$assistant',
  component: page(() => import('@/features/assistants/AssistantPage'), 'AssistantPage'),
})

const exams = createRoute({
  getParentRoute: () => settings,
  path: '/exams',
  component: page(() => import('@/features/exams/ExamsPage'), 'ExamsPage'),
})

const exam = createRoute({
  getParentRoute: () => settings,
  path: '/exams/$exam',
  component: page(() => import('@/features/exams/ExamPage'), 'ExamPage'),
})

const bots = createRoute({
  getParentRoute: () => settings,
  path: '/bots',
  component: page(() => import('@/features/bots/BotsPage'), 'BotsPage'),
})

const talks = createRoute({
  getParentRoute: () => settings,
  path: '/talks',
  component: page(() => import('@/features/bots/TalksPage'), 'TalksPage'),
})

const recordings = createRoute({
  getParentRoute: () => settings,
  path: '/recordings',
  component: page(() => import('@/features/speech/RecordingsPage'), 'RecordingsPage'),
})

const recording = createRoute({
  getParentRoute: () => settings,
  path: '/recordings/$recording',
  component: page(() => import('@/features/speech/RecordingPage'), 'RecordingPage'),
})

const aiProviders = createRoute({
  getParentRoute: () => settings,
  path: '/ai',
  component: page(() => import('@/features/ai/ProvidersPage'), 'ProvidersPage'),
})

const aiUsage = createRoute({
  getParentRoute: () => settings,
  path: '/ai-usage',
  component: page(() => import('@/features/ai/UsagePage'), 'UsagePage'),
})

export const aiRoutes = [
  assistants,
  assistant,
  exams,
  exam,
  bots,
  talks,
  recordings,
  recording,
  aiProviders,
  aiUsage,
] as const
