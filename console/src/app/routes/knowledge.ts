/** What the company knows, and where citations lead. */
import { createRoute } from '@tanstack/react-router'
import { validateKnowledgeSearch, validatePassageSearch } from '@/features/knowledge/search'
import { page } from './page'
import { shell } from './parents'

const knowledge = createRoute({
  getParentRoute: () => shell,
  path: '/knowledge',
  validateSearch: validateKnowledgeSearch,
  component: page(() => import('@/features/knowledge/KnowledgePage'), 'KnowledgePage'),
})

/** Where citations lead: a document at a passage, or an answer. */
const knowledgeDocument = createRoute({
  getParentRoute: () => shell,
  path: '/knowledge/documents/$document',
  validateSearch: validatePassageSearch,
  component: page(() => import('@/features/knowledge/DocumentPage'), 'DocumentPage'),
})

const knowledgeAnswer = createRoute({
  getParentRoute: () => shell,
  path: '/knowledge/answers/$answer',
  component: page(() => import('@/features/knowledge/AnswerLink'), 'AnswerLink'),
})

export const knowledgeRoutes = [knowledge, knowledgeDocument, knowledgeAnswer] as const
