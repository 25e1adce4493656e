/** Saving a gateway, and carrying a number in another way. */
import { useMutation } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import type { Connection } from '@/shared/api/types'
import { putConnections } from '@/shared/directory/queries'
import { idOf } from '../queries'
import type { WayValues } from './ways'

export function useSaveGateway(connection: Connection | null) {
  return useMutation({
    mutationFn: ({ kind, accepts_risk, queue, menu, hours, ...values }: WayValues) => {
      const chosen = { queue: idOf(queue), menu: idOf(menu), hours: idOf(hours) }
      const body = { ...values, ...chosen, credentials: written({ ...values, kind, accepts_risk }) }
      if (connection)
        return call(api.PATCH('/api/connections/{id}/', { params: { path: { id: connection.id } }, body }))
      return call(api.POST('/api/connections/', { body: { ...body, kind: 'gateway' } }))
    },
    onSuccess: (saved) => putConnections([saved]),
  })
}

export function useMoveNumber(connection: Connection) {
  return useMutation({
    mutationFn: (values: WayValues) => {
      const body = { kind: values.kind, credentials: written(values) }
      return call(api.POST('/api/connections/{id}/move/', { params: { path: { id: connection.id } }, body }))
    },
    onSuccess: (moved) => putConnections([moved]),
  })
}

/** Empty means "as it is"; a phone needs nothing but the risk. */
function written({
  kind,
  credentials,
  accepts_risk,
}: Pick<WayValues, 'kind' | 'credentials' | 'accepts_risk'>) {
  const given = Object.entries(credentials).filter(([, value]) => value?.trim())
  return {
    ...(kind === 'qr' ? {} : Object.fromEntries(given)),
    ...(kind === 'cloud_api' ? {} : { accepts_risk }),
  }
}
