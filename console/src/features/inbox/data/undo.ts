/** The last thing one did to a ticket, and the seconds in which it can be taken back. */
import { create } from 'zustand'
import { api, call } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import { dropOffer, toast } from '@/shared/ui/toast'
import { takeTicket } from './actions'
import { ticketsMerged } from './acts'

const USUAL_SECONDS = 10

interface LastAct {
  ticket: number | null
  /** Shows what became of it, and hides the offer. */
  words: { undone: string; refusal: (error: unknown) => string } | null
}

export const useLastAct = create<LastAct>(() => ({ ticket: null, words: null }))

let timer: ReturnType<typeof setTimeout> | undefined

/** From now on, and for as long as the company allows, Z takes it back. Answers for how many seconds. */
export async function rememberAct(ticket: number, words: LastAct['words']): Promise<number> {
  clearTimeout(timer)
  useLastAct.setState({ ticket, words })
  const seconds = await allowedSeconds()
  clearTimeout(timer)
  timer = setTimeout(() => {
    if (useLastAct.getState().words === words) useLastAct.setState({ ticket: null, words: null })
  }, seconds * 1000)
  return seconds
}

/** Asked for when something was first done: most people look before they act. */
async function allowedSeconds(): Promise<number> {
  try {
    const values = await queryClient.fetchQuery({
      queryKey: ['company', 'settings'],
      queryFn: () => call(api.GET('/api/company/settings/')),
      staleTime: 300_000,
    })
    return typeof values.undo_seconds === 'number' ? values.undo_seconds : USUAL_SECONDS
  } catch {
    return USUAL_SECONDS
  }
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
