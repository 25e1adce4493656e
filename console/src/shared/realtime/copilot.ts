/** Hands what the copilot says to whoever asked it, by the name of the request. */
import type { CopilotAnswer } from '@/shared/api/types'

export interface CopilotDelta {
  request: string
  /** How many characters came before. */
  place: number
  text: string
}
export type CopilotDone = Omit<CopilotAnswer, 'state'>

type Listener = (said: CopilotDelta | CopilotDone) => void

const listeners = new Map<string, Listener>()

export function hearCopilot(request: string, listener: Listener): () => void {
  listeners.set(request, listener)
  return () => void listeners.delete(request)
}

export function copilotSaid(rows: (CopilotDelta | CopilotDone)[]): void {
  for (const row of rows) listeners.get(row.request)?.(row)
}
