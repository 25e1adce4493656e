/** What a gateway is asked for. */
import { useMutation } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { Connection } from '@/shared/api/types'
import { chosenPast, type PastValues } from '../devices/PastFields'
import { phoneQuery } from '../onboarding/queries'

export function useAskPast({ id, version }: Connection) {
  return useMutation({
    mutationFn: (values: PastValues) => {
      const body = {
        ...chosenPast(values),
        past: values.past === 'period' ? ('period' as const) : ('all' as const),
      }
      return call(api.POST('/api/connections/{id}/phone/', { params: { path: { id } }, body }))
    },
    onSuccess: ({ syncs }) => queryClient.setQueryData(phoneQuery(id, version).queryKey, syncs),
  })
}
