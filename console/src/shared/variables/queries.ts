/** What a text will look like to a customer, filled in by the server as it will be. */
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'

export const VARIABLES = [
  'firstName',
  'name',
  'ms',
  'userName',
  'queue',
  'protocol',
  'ticket_id',
  'date',
  'hour',
  'data_hora',
  'connection',
  'name_company',
] as const

/** The text itself until the answer is there, and when it cannot be had. */
export function usePreview(text: string, ticket?: number): { text: string; unknown: string[] } {
  const [settled] = useDebouncedValue(text, 300)
  const hasTags = settled.includes('{')
  const preview = useQuery({
    queryKey: ['variables', settled, ticket],
    queryFn: () =>
      call(api.POST('/api/variables/preview/', { body: { text: settled, ...(ticket && { ticket }) } })),
    enabled: hasTags,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  if (!hasTags || !preview.data) return { text, unknown: [] }
  return preview.data
}
