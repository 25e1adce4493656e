/** The ticket that people call by a number; of a merged one, the one that goes on. */
import { api } from '@/shared/api/client'
import type { Ticket } from '@/shared/api/types'

export async function ticketByNumber(number: number): Promise<Ticket | null> {
  if (!Number.isInteger(number) || number <= 0 || number > 999_999_999) return null
  const { data } = await api
    .GET('/api/tickets/by-number/{number}/', { params: { path: { number } } })
    .catch(() => ({ data: undefined }))
  return data ?? null
}
