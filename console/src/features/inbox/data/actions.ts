/** What an agent does with a ticket or a message: the request, its answer into the rows, its refusal in words. */
import { type MutationOptions, useMutation } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import { type ApiError, isApiError } from '@/shared/api/errors'
import { queryClient } from '@/shared/api/queryClient'
import type { Message, Ticket } from '@/shared/api/types'
import { refreshCounts } from '@/shared/directory/counts'
import { toast } from '@/shared/ui/toast'
import { patchLists } from './lists'
import { useRefusalText } from './refusals'
import { patchThreads, recentMessages } from './threads'
import { recentTickets, ticketRows } from './tickets'

export interface Transfer {
  queue?: number | null
  agent?: number | null
  note?: string
  /** Said to the customer once the transfer stands. */
  message?: string
}

const of = (id: number) => ({ params: { path: { id } } })

/** Each answers with the ticket as it is then. Nothing is set up before one of them is done. */
export function useTicketChanges(id: number) {
  const refusalText = useRefusalText()
  /** Two people may press at once: the one who is refused hears why and sees how things stand now. */
  function change<Input = void>(work: (input: Input) => Promise<Ticket>) {
    return (input: Input) =>
      execute(input, {
        mutationFn: work,
        onSuccess: (ticket) => takeTicket(ticket),
        onError: (error) => {
          // The dialog that asks for what is missing says it better.
          if (!isIncomplete(error)) void toast({ message: refusalText(error), tone: 'danger' })
          if (isApiError(error) && !error.isOffline) void rereadTicket(id)
        },
      })
  }
  return {
    accept: change(() => call(api.POST('/api/tickets/{id}/accept/', of(id)))),
    close: change(() => call(api.POST('/api/tickets/{id}/close/', of(id)))),
    reopen: change(() => call(api.POST('/api/tickets/{id}/reopen/', of(id)))),
    unread: change(() => call(api.POST('/api/tickets/{id}/unread/', of(id)))),
    transfer: change((body: Transfer) => call(api.POST('/api/tickets/{id}/transfer/', { ...of(id), body }))),
  }
}

/** Something has to be filled in before closing. */
export function isIncomplete(error: unknown): error is ApiError {
  return isApiError(error) && error.code === 'close_incomplete'
}

export function takeTicket(ticket: Ticket): void {
  ticketRows.put([ticket])
  recentTickets.add([ticket])
  patchLists([ticket.id])
  refreshCounts()
  void queryClient.invalidateQueries({ queryKey: ['tickets', 'history', ticket.id] })
}

async function rereadTicket(id: number): Promise<void> {
  try {
    takeTicket(await call(api.GET('/api/tickets/{id}/', of(id))))
  } catch (error) {
    // No longer ours to see: it leaves the lists at the next reading.
    if (isApiError(error) && error.isMissing)
      void queryClient.invalidateQueries({ queryKey: ['tickets', 'list'] })
  }
}

export function useStartTicket() {
  const refusalText = useRefusalText()
  return useMutation({
    mutationFn: (body: { number?: string; contact?: number; connection: number; queue?: number }) =>
      call(api.POST('/api/tickets/', { body })),
    onSuccess: takeTicket,
    onError: (error) => void toast({ message: refusalText(error), tone: 'danger' }),
  })
}

/** The customer's messages have been looked at. Not worth a word when it fails: the next look tries again. */
export async function markRead(id: number): Promise<void> {
  const { data } = await api.POST('/api/tickets/{id}/read/', of(id)).catch(() => ({ data: undefined }))
  if (data && 'version' in data) takeTicket(data as Ticket)
}

/** Every bubble on the page can do these, so nothing is set up before one of them is done. */
export function useMessageChanges(id: number) {
  const change = useQuickChange()
  return {
    retry: change(() => call(api.POST('/api/messages/{id}/retry/', of(id)))),
    dismiss: change(() => call(api.POST('/api/messages/{id}/dismiss/', of(id)))),
    cancel: change(() => call(api.POST('/api/messages/{id}/cancel/', of(id)))),
  }
}

/** Other words for a message that waits. */
export function useRewrite(id: number) {
  return useMessageChange((body: string) =>
    call(api.POST('/api/messages/{id}/rewrite/', { ...of(id), body: { body } })),
  )
}

/** The company's emoji on a message. */
export function useReactionChanges(id: number) {
  const change = useQuickChange()
  return {
    react: change((emoji: string) =>
      call(api.POST('/api/messages/{id}/reaction/', { ...of(id), body: { emoji } })),
    ),
    takeOff: change(() => call(api.DELETE('/api/messages/{id}/reaction/', of(id)))),
  }
}

/** Other words for what a customer has already, or none: where the channel can. */
export function useSentChanges(id: number) {
  return {
    correct: useMessageChange((body: string) =>
      call(api.PATCH('/api/messages/{id}/', { ...of(id), body: { body, mentions: [] } })),
    ),
    remove: useMessageChange(() => call(api.DELETE('/api/messages/{id}/', of(id)))),
  }
}

/** What may happen to a private note after it was written. */
export function useNoteChanges(id: number) {
  return {
    correct: useMessageChange((body: { body: string; mentions: number[] }) =>
      call(api.PATCH('/api/messages/{id}/', { ...of(id), body })),
    ),
    remove: useMessageChange(() => call(api.DELETE('/api/messages/{id}/', of(id)))),
  }
}

function useMessageChange<Input = void>(work: (input: Input) => Promise<Message>) {
  return useMutation(optionsOf(work, useRefusalText()))
}

function useQuickChange() {
  const refusalText = useRefusalText()
  return <Input = void>(work: (input: Input) => Promise<Message>) => ({
    mutate: (input: Input, { onSuccess }: { onSuccess?: () => void } = {}) => {
      execute(input, optionsOf(work, refusalText)).then(onSuccess, () => undefined)
    },
  })
}

/** Like a mutation, without what watches its state. */
export function execute<Input, Output>(
  input: Input,
  options: MutationOptions<Output, Error, Input>,
): Promise<Output> {
  return queryClient.getMutationCache().build(queryClient, options).execute(input)
}

function optionsOf<Input>(work: (input: Input) => Promise<Message>, refusalText: (error: unknown) => string) {
  return {
    mutationFn: work,
    onSuccess: (message: Message) => {
      recentMessages.add([message])
      patchThreads([message])
    },
    onError: (error: unknown) => void toast({ message: refusalText(error), tone: 'danger' }),
  }
}
