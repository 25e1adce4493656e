/** What the company knows: documents, answers and the search through both. */
import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation } from '@tanstack/react-query'
import { api, call, cursorOf } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { KnowledgeAnswer, KnowledgeDocument, Page } from '@/shared/api/types'

export type Language = '' | 'pt' | 'en' | 'es'
export type Validation = KnowledgeAnswer['validated_by']

export interface About extends Record<string, unknown> {
  name: string
  sector: string
  language: Language
}

export interface AnswerFields extends Record<string, unknown> {
  question: string
  answer: string
  sector: string
}

export const documentsQuery = infiniteQueryOptions({
  queryKey: ['knowledge-documents'],
  queryFn: ({ pageParam }): Promise<Page<KnowledgeDocument>> =>
    call(api.GET('/api/knowledge/documents/', { params: { query: { cursor: pageParam } } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => cursorOf(page.next),
})

export function answersQuery(validated?: Validation) {
  return infiniteQueryOptions({
    queryKey: ['knowledge-answers', validated ?? 'all'],
    queryFn: ({ pageParam }) =>
      call(
        api.GET('/api/knowledge/answers/', {
          params: { query: { cursor: pageParam, validated_by: validated } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => cursorOf(page.next),
  })
}

export function answerQuery(id: number) {
  return queryOptions({
    queryKey: ['knowledge-answers', 'one', id],
    queryFn: () => call(api.GET('/api/knowledge/answers/{id}/', { params: { path: { id } } })),
  })
}

export const indexQuery = queryOptions({
  queryKey: ['knowledge-index'],
  queryFn: () => call(api.GET('/api/knowledge/index/')),
})

export const sectorsQuery = queryOptions({
  queryKey: ['knowledge-documents', 'sectors'],
  queryFn: () => call(api.GET('/api/knowledge/sectors/')).then(({ results }) => results),
})

export function textQuery(id: number, chunk: number | undefined) {
  return queryOptions({
    queryKey: ['knowledge-documents', 'text', id, chunk ?? 0],
    queryFn: () =>
      call(api.GET('/api/knowledge/documents/{id}/text/', { params: { path: { id }, query: { chunk } } })),
  })
}

export function searchQuery(q: string, sector: string) {
  return queryOptions({
    queryKey: ['knowledge-search', q, sector],
    queryFn: ({ signal }) =>
      call(api.GET('/api/knowledge/search/', { params: { query: { q, sector, limit: 10 } }, signal })),
    enabled: q.trim().length > 1,
    placeholderData: keepPreviousData,
  })
}

export function useUpload() {
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData()
      form.set('file', file)
      return call(
        // The schema describes a form; the browser writes it.
        api.POST('/api/knowledge/documents/', { body: {}, bodySerializer: () => form }),
      )
    },
    onSuccess: readAgain,
  })
}

export function useAddDocument() {
  return useMutation({
    mutationFn: (body: Partial<About> & { url?: string; text?: string }) =>
      call(api.POST('/api/knowledge/documents/', { body })),
    onSuccess: readAgain,
  })
}

export function useSaveDocument(id: number) {
  return useMutation({
    mutationFn: (body: About) =>
      call(api.PATCH('/api/knowledge/documents/{id}/', { params: { path: { id } }, body })),
    onSuccess: readAgain,
  })
}

export function useReread() {
  return useMutation({
    mutationFn: (id: number) =>
      call(api.POST('/api/knowledge/documents/{id}/reread/', { params: { path: { id } } })),
    onSuccess: readAgain,
  })
}

export function useDeleteDocument() {
  return useMutation({
    mutationFn: ({ id }: KnowledgeDocument) =>
      call(api.DELETE('/api/knowledge/documents/{id}/', { params: { path: { id } } })),
    onSuccess: readAgain,
  })
}

export function useSaveAnswer(id: number | null) {
  return useMutation({
    mutationFn: (body: AnswerFields & { validated_by?: Validation }) =>
      id === null
        ? call(api.POST('/api/knowledge/answers/', { body }))
        : call(api.PATCH('/api/knowledge/answers/{id}/', { params: { path: { id } }, body })),
    onSuccess: readAgain,
  })
}

/** Accepts what was learned as it stands. */
export function useAccept() {
  return useMutation({
    mutationFn: (id: number) =>
      call(
        api.PATCH('/api/knowledge/answers/{id}/', {
          params: { path: { id } },
          body: { validated_by: 'human' },
        }),
      ),
    onSuccess: readAgain,
  })
}

export function useDeleteAnswer() {
  return useMutation({
    mutationFn: ({ id }: { id: number }) =>
      call(api.DELETE('/api/knowledge/answers/{id}/', { params: { path: { id } } })),
    onSuccess: readAgain,
  })
}

async function readAgain(): Promise<void> {
  await Promise.all(
    ['knowledge-documents', 'knowledge-answers', 'knowledge-index', 'knowledge-search'].map((list) =>
      queryClient.invalidateQueries({ queryKey: [list] }),
    ),
  )
}
