/** Recordings as text, and what is said in voice messages: every read and write. */
import { infiniteQueryOptions, queryOptions, useMutation } from '@tanstack/react-query'
import { api, call, cursorOf } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { components } from '@/shared/api/schema'
import type { Page } from '@/shared/api/types'

type Schemas = components['schemas']
export type Recording = Schemas['Recording']
export type HeardRecording = Schemas['HeardRecording']
export type Utterance = Schemas['Utterance']

const KEY = ['recordings']
/** Events tell of every step; the clock helps where the line was cut. */
const NOW_AND_THEN = 30_000

export function isUnderWay({ state }: Recording): boolean {
  return state !== 'completed' && state !== 'failed'
}

export const recordingsQuery = infiniteQueryOptions({
  queryKey: [...KEY, 'list'],
  queryFn: ({ pageParam }): Promise<Page<Recording>> =>
    call(api.GET('/api/transcriptions/', { params: { query: { cursor: pageParam } } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => cursorOf(page.next),
  refetchInterval: ({ state }) =>
    state.data?.pages.some((page) => page.results.some(isUnderWay)) ? NOW_AND_THEN : false,
})

export function recordingQuery(id: number) {
  return queryOptions({
    queryKey: [...KEY, id],
    queryFn: (): Promise<HeardRecording> =>
      call(api.GET('/api/transcriptions/{id}/', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? NOW_AND_THEN : false),
  })
}

export const abilityQuery = queryOptions({
  queryKey: [...KEY, 'ability'],
  queryFn: () => call(api.GET('/api/transcriptions/ability/')),
  staleTime: 300_000,
})

export interface Chosen {
  file: File
  language: string
  speakers: string
}

export function useUpload() {
  return useMutation({
    mutationFn: ({ file, language, speakers }: Chosen): Promise<Recording> => {
      const form = new FormData()
      form.set('file', file)
      form.set('language', language)
      if (speakers) form.set('speakers_expected', speakers)
      // The schema describes a form; the browser writes it.
      return call(api.POST('/api/transcriptions/', { body: { file: '' }, bodySerializer: () => form }))
    },
    onSuccess: readAgain,
  })
}

export function useChange(id: number) {
  return useMutation({
    mutationFn: (body: { name?: string; speaker_names?: Record<string, string> }) =>
      call(api.PATCH('/api/transcriptions/{id}/', { params: { path: { id } }, body })),
    onSuccess: readAgain,
  })
}

export function useRetry() {
  return useMutation({
    mutationFn: (id: number) =>
      call(api.POST('/api/transcriptions/{id}/retry/', { params: { path: { id } } })),
    onSuccess: readAgain,
  })
}

export function useDelete() {
  return useMutation({
    mutationFn: ({ id }: Recording) =>
      call(api.DELETE('/api/transcriptions/{id}/', { params: { path: { id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [...KEY, 'list'] }),
  })
}

/** Of one message; the text comes with the message. */
export function useTranscribe() {
  return useMutation({
    mutationFn: (id: number) =>
      call(api.POST('/api/transcriptions/for-message/{id}/', { params: { path: { id } } })),
  })
}

function readAgain(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: KEY })
}
