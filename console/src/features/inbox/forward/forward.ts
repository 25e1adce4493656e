/** Which message is being passed on; the dialog is at the thread, the button at each bubble. */
import { create } from 'zustand'
import type { Message } from '@/shared/api/types'

export const useForward = create<{ message: Message | null }>(() => ({ message: null }))

export function askForward(message: Message): void {
  useForward.setState({ message })
}

export function endForward(): void {
  useForward.setState({ message: null })
}

const NEVER: readonly Message['kind'][] = ['system', 'unsupported', 'template', 'note']

/** What has words or files of its own and has arrived somewhere. */
export function isForwardable({ id, kind, direction, state, body, attachments }: Message): boolean {
  if (id <= 0 || direction === 'internal' || NEVER.includes(kind) || state === 'cancelled') return false
  const files = attachments.filter((file) => file.state === 'stored')
  return body !== '' || files.length > 0 || kind === 'location' || kind === 'contacts'
}
