/** Linked phones: which there are, and what people may do with them. */
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import type { Connection, Device } from '@/shared/api/types'
import { devicesQuery, putConnections, putDevices } from '@/shared/directory/queries'
import { useCan } from '@/shared/session/store'
import { type ConnectionValues, idOf } from '../queries'
import { chosenPast, type PastValues, pastOf } from './PastFields'

type PhoneValues = ConnectionValues & PastValues

export const phonesOfferedQuery = queryOptions({
  queryKey: ['company', 'settings', 'qr_devices'],
  queryFn: async () => {
    const settings = (await call(api.GET('/api/company/settings/'))) as Record<string, unknown>
    return settings.qr_devices === true
  },
})

/** Whether the company wants phones linked by QR code at all. */
export function useOffersPhones(): boolean {
  const canWrite = useCan('connections.write')
  return useQuery({ ...phonesOfferedQuery, enabled: canWrite }).data === true
}

/** The phone behind a connection; undefined for people who may not see it, and before it was linked. */
export function useDevice(id: number): Device | undefined {
  const canWrite = useCan('connections.write')
  const devices = useQuery({ ...devicesQuery, enabled: canWrite })
  return devices.data?.find((device) => device.id === id)
}

export function useSavePhone(connection: Connection | null) {
  const device = useDevice(connection?.id ?? 0)
  return useMutation({
    mutationFn: async (values: PhoneValues) => {
      const { name, reopen_minutes, is_default, greeting, farewell, out_of_hours } = values
      const chosen = { queue: idOf(values.queue), menu: idOf(values.menu), hours: idOf(values.hours) }
      const body = { name, reopen_minutes, is_default, greeting, farewell, out_of_hours, ...chosen }
      if (connection) {
        const { id } = connection
        const past = chosenPast(values)
        if (JSON.stringify(past) !== JSON.stringify(chosenPast(pastOf(device))))
          putDevices([await call(api.PATCH('/api/devices/{connection}/', { ...path(id), body: past }))])
        return call(api.PATCH('/api/connections/{id}/', { params: { path: { id } }, body }))
      }
      const credentials = { accepts_risk: true }
      return call(api.POST('/api/connections/', { body: { ...body, kind: 'qr', credentials } }))
    },
    onSuccess: (saved) => putConnections([saved]),
  })
}

const ACTS = {
  pair: (id: number, past?: PastValues) =>
    call(api.POST('/api/devices/{connection}/pair/', { ...path(id), body: past && chosenPast(past) })),
  connect: (id: number) => call(api.POST('/api/devices/{connection}/connect/', path(id))),
  disconnect: (id: number) => call(api.POST('/api/devices/{connection}/disconnect/', path(id))),
  logout: (id: number) => call(api.POST('/api/devices/{connection}/logout/', path(id))),
}

export type PhoneAct = keyof typeof ACTS

export function usePhoneAct() {
  return useMutation({
    mutationFn: ({ id, act, past }: { id: number; act: PhoneAct; past?: PastValues }) => ACTS[act](id, past),
    onSuccess: (device) => putDevices([device]),
  })
}

function path(id: number) {
  return { params: { path: { connection: id } } }
}
