/** The last thing one did to a ticket, and the seconds in which it can be taken back. */
import { create } from 'zustand'
import { api, call } from '@/shared/api/client'
import { dropOffer, toast } from '@/shared/ui/toast'
import { takeTicket } from './actions'
import { ticketsMerged } from './acts'

export const UNDO_SECONDS = 10

interface LastAct {
  ticket: number | null
  /** Shows what became of it, and hides the offer. */
  words: { undone: string; refusal: (error: unknown) => string } | null
}

export const useLastAct = create<LastAct>(() => ({ ticket: null, words: null }))

let timer: ReturnType<typeof setTimeout> | undefined

/** From now on, and for a few seconds, Z takes it back. */
export function rememberAct(ticket: number, words: LastAct['words']): void {
  clearTimeout(timer)
  useLastAct.setState({ ticket, words })
  timer = setTimeout(() => useLastAct.setState({ ticket: null, words: null }), UNDO_SECONDS * 1000)
}

export async function undoLast(): Promise<void> {
  const { ticket, words } = useLastAct.getState()
  if (ticket === null || !words) return
  useLastAct.setState({ ticket: null, words: null })
  void dropOffer()
  try {
    const row = await call(api.POST('/api/tickets/{id}/undo/', { params: { path: { id: ticket } } }))
    takeTicket(row)
    ticketsMerged([row])
    void toast({ message: words.undone })
  } catch (error) {
    void toast({ message: words.refusal(error), tone: 'danger' })
  }
}
