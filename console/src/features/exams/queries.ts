/** Exams of assistants: begun, followed, read case by case, judged by hand. */
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { api, call, cursorOf } from '@/shared/api/client'
import type { Exam, ExamCase, ExamEstimate, ExamSet, ExamVerdict, Page } from '@/shared/api/types'

const KEY = ['ai-exams']

export type Shown = ExamVerdict | 'open' | 'all'

export const VERDICTS: ExamVerdict[] = [
  'right',
  'partly',
  'wrong',
  'unsupported',
  'missed_handover',
  'needless_handover',
  'error',
]

export interface Wanted {
  assistant: number
  source: Exam['source']
  questions: number | null
  size: number
}

export function examsQuery(assistant: number | null) {
  return infiniteQueryOptions({
    queryKey: [...KEY, 'list', assistant],
    queryFn: ({ pageParam }): Promise<Page<Exam>> =>
      call(
        api.GET('/api/ai/exams/', {
          params: { query: { cursor: pageParam, ...(assistant && { assistant }) } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => cursorOf(page.next),
  })
}

export function examQuery(id: number) {
  return queryOptions({
    queryKey: [...KEY, 'one', id],
    queryFn: (): Promise<Exam> => call(api.GET('/api/ai/exams/{id}/', { params: { path: { id } } })),
  })
}

export function casesQuery(id: number, shown: Shown) {
  return infiniteQueryOptions({
    queryKey: [...KEY, 'cases', id, shown],
    queryFn: ({ pageParam }): Promise<Page<ExamCase>> =>
      call(
        api.GET('/api/ai/exams/{id}/cases/', {
          params: {
            path: { id },
            query: { cursor: pageParam, limit: 100, ...(shown !== 'all' && { verdict: shown }) },
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => cursorOf(page.next),
    placeholderData: keepPreviousData,
  })
}

export const setsQuery = queryOptions({
  queryKey: [...KEY, 'sets'],
  queryFn: async (): Promise<ExamSet[]> => (await call(api.GET('/api/ai/exams/sets/'))).results,
})

export const assistantsQuery = queryOptions({
  queryKey: ['ai-assistants', 'named'],
  queryFn: async () => (await call(api.GET('/api/ai/assistants/'))).results,
})

export function estimateQuery(wanted: Wanted) {
  return queryOptions({
    queryKey: [...KEY, 'estimate', wanted],
    queryFn: (): Promise<ExamEstimate> => call(api.POST('/api/ai/exams/estimate/', { body: wanted })),
    enabled: wanted.assistant > 0 && (wanted.source === 'tickets') === (wanted.questions === null),
    placeholderData: keepPreviousData,
  })
}

/** Whatever was done to an exam, its list, its numbers and its cases are read again. */
function useAct<Given, Row>(act: (given: Given) => Promise<Row>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: () => void client.invalidateQueries({ queryKey: KEY }),
  })
}

export function useBegin() {
  return useAct((body: Wanted): Promise<Exam> => call(api.POST('/api/ai/exams/', { body })))
}

export function useCancel() {
  return useAct((id: number) => call(api.POST('/api/ai/exams/{id}/cancel/', { params: { path: { id } } })))
}

export function useResume() {
  return useAct((id: number) => call(api.POST('/api/ai/exams/{id}/resume/', { params: { path: { id } } })))
}

export function useJudge() {
  return useAct(({ id, ...body }: { id: number; verdict: ExamVerdict; reason: string }) =>
    call(api.PATCH('/api/ai/exams/cases/{id}/', { params: { path: { id } }, body })),
  )
}

export function useUploadSet() {
  return useAct((file: File): Promise<ExamSet> => {
    const form = new FormData()
    form.set('file', file)
    form.set('name', file.name.slice(0, 80))
    // The schema describes a form; the browser writes it.
    return call(api.POST('/api/ai/exams/sets/', { body: { file: '', name: '' }, bodySerializer: () => form }))
  })
}
