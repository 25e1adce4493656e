/** Imports of contacts: uploaded, understood, looked at, run. */
import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation } from '@tanstack/react-query'
import { api, call, cursorOf } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { ContactImport, ImportPreview, Page } from '@/shared/api/types'
import { newest } from '@/shared/realtime/rows'

export const importsQuery = infiniteQueryOptions({
  queryKey: ['contact-imports'],
  queryFn: ({ pageParam }): Promise<Page<ContactImport>> =>
    call(api.GET('/api/contact-imports/', { params: { query: { cursor: pageParam } } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => cursorOf(page.next),
})

export function importQuery(id: number) {
  return queryOptions({
    queryKey: ['contact-import', id] as const,
    queryFn: (): Promise<ContactImport> =>
      call(api.GET('/api/contact-imports/{id}/', { params: { path: { id } } })),
  })
}

/** What would become of the rows; asked again whenever something about the import changed. */
export function previewQuery({ id, version }: ContactImport) {
  return queryOptions({
    queryKey: ['contact-import-preview', id, version] as const,
    queryFn: ({ signal }): Promise<ImportPreview> =>
      call(api.GET('/api/contact-imports/{id}/preview/', { params: { path: { id } }, signal })),
    placeholderData: keepPreviousData,
  })
}

export function useUpload() {
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData()
      form.set('file', file)
      return call(
        api.POST('/api/contact-imports/', {
          // The schema describes a form; the browser writes it.
          body: { file: '' },
          bodySerializer: () => form,
        }),
      )
    },
    onSuccess: keep,
  })
}

export interface ImportChanges {
  has_header?: boolean
  mapping?: string[]
  on_existing?: ContactImport['on_existing']
  make_tags?: boolean
  tags?: number[]
  region?: string
}

export function useConfigure(id: number) {
  return useMutation({
    mutationFn: (body: ImportChanges) =>
      call(api.PATCH('/api/contact-imports/{id}/', { params: { path: { id } }, body })),
    // One after the other: what was changed last has to win.
    scope: { id: `contact-import-${id}` },
    onSuccess: keep,
  })
}

export function useStart(id: number) {
  return useMutation({
    mutationFn: () => call(api.POST('/api/contact-imports/{id}/start/', { params: { path: { id } } })),
    onSuccess: keep,
  })
}

export function useCancel(id: number) {
  return useMutation({
    mutationFn: () => call(api.POST('/api/contact-imports/{id}/cancel/', { params: { path: { id } } })),
    onSuccess: keep,
  })
}

function keep(job: ContactImport): void {
  queryClient.setQueryData(importQuery(job.id).queryKey, (known) => newest(known, job))
  void queryClient.invalidateQueries({ queryKey: importsQuery.queryKey })
}
