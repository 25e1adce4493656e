/** The ticket that people call by a number; of a merged one, the one that goes on. */
import { api } from '@/shared/api/client'

export async function ticketByNumber(number: number): Promise<number | null> {
  if (!Number.isInteger(number) || number <= 0) return null
  const { data } = await api
    .GET('/api/tickets/by-number/{number}/', { params: { path: { number } } })
    .catch(() => ({ data: undefined }))
  return data?.id ?? null
}
