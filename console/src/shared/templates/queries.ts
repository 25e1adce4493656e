/** Templates as they are chosen: those that a number may send now, and how one reads for a customer. */
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { api, call, everyPage } from '@/shared/api/client'
import type { Template } from '@/shared/api/types'

export const TEMPLATES = ['templates'] as const

export function usableTemplatesQuery(connection: number | null) {
  return queryOptions({
    queryKey: [...TEMPLATES, 'usable', connection],
    queryFn: () =>
      everyPage<Template>((cursor) =>
        call(
          api.GET('/api/templates/', {
            params: { query: { cursor, usable: true, ...(connection && { connection }) } },
          }),
        ),
      ),
    staleTime: 60_000,
  })
}

/** What each variable becomes for this customer, and which would stay empty. */
export function useFilled(template: number, ticket: number | undefined, variables: Record<string, string>) {
  const [settled] = useDebouncedValue(variables, 250)
  return useQuery({
    queryKey: [...TEMPLATES, 'preview', template, ticket, settled],
    queryFn: () =>
      call(
        api.POST('/api/templates/{id}/preview/', {
          params: { path: { id: template } },
          body: { variables: settled, ...(ticket && { ticket }) },
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
}
