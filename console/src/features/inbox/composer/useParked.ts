/** Whether something of this conversation waits for the customer's answer already. */

import { useThread } from '../data/threads'
import { useUnsent } from '../outbox/outbox'

export function useParked(ticket: number): boolean {
  const messages = useThread(ticket).data?.messages ?? []
  const isUnderWay = useUnsent(ticket).some(({ park, state }) => park && state !== 'failed')
  return isUnderWay || messages.some(({ state }) => state === 'parked')
}
