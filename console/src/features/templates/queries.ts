/** What the screen of templates reads and writes. */
import { queryOptions, useMutation } from '@tanstack/react-query'
import { api, call, everyPage } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { Template } from '@/shared/api/types'
import { TEMPLATES } from '@/shared/templates/queries'
import { type Draft, requestOf } from './draft'

export function templatesQuery(connection: number | null) {
  return queryOptions({
    queryKey: [...TEMPLATES, 'all', connection],
    queryFn: () =>
      everyPage<Template>((cursor) =>
        call(
          api.GET('/api/templates/', { params: { query: { cursor, ...(connection && { connection }) } } }),
        ),
      ),
  })
}

interface Saved {
  draft: Draft
  connection: number | null
  /** Give it to WhatsApp as well. */
  isFinal: boolean
}

/** A template that WhatsApp knows keeps its name, language and category. */
export function useSaveTemplate(template: Template | null, onKept: (template: Template) => void) {
  return useMutation({
    mutationFn: async ({ draft, connection, isFinal }: Saved) => {
      const kept = await save(template, draft, connection)
      onKept(kept)
      if (!isFinal) return kept
      return await call(api.POST('/api/templates/{id}/submit/', { params: { path: { id: kept.id } } }))
    },
    onSettled: readAgain,
  })
}

async function save(template: Template | null, draft: Draft, connection: number | null): Promise<Template> {
  const { components, defaults, files, ...named } = requestOf(draft)
  if (!template)
    return await call(
      api.POST('/api/templates/', {
        body: { ...named, components, defaults, files, ...(connection && { connection }) },
      }),
    )
  const body = { components, defaults, files, ...(!template.is_known && named) }
  return await call(api.PATCH('/api/templates/{id}/', { params: { path: { id: template.id } }, body }))
}

export function useDeleteTemplate() {
  return useMutation({
    mutationFn: ({ id }: Template) => call(api.DELETE('/api/templates/{id}/', { params: { path: { id } } })),
    onSuccess: readAgain,
  })
}

export function useSync() {
  return useMutation({
    mutationFn: (connection: number | null) =>
      call(api.POST('/api/templates/sync/', { body: connection ? { connection } : {} })),
    onSuccess: readAgain,
  })
}

function readAgain(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: TEMPLATES })
}
