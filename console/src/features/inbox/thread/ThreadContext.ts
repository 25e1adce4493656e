/** What a bubble can ask of the thread around it. */
import { createContext, use } from 'react'
import type { Message } from '@/shared/api/types'

export interface ThreadTools {
  ticket: number
  /** The first lines were painted. */
  isSettled: boolean
  /** null where one may read but not answer. */
  onReply: ((message: Message) => void) | null
  jumpTo: (message: number) => void
  /** The customer's copy of what we sent can still be changed. */
  isChangeable: boolean
}

export const ThreadContext = createContext<ThreadTools>({
  ticket: 0,
  isSettled: false,
  onReply: null,
  jumpTo: () => {},
  isChangeable: false,
})

export function useThreadTools(): ThreadTools {
  return use(ThreadContext)
}
