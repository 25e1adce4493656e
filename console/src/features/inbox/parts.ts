/** What other features add to an open conversation. The application fits them in, so no feature imports another. */
import { type ComponentType, createContext, type KeyboardEvent, type RefObject, use } from 'react'
import type { Attachment, MacroDone, Message, Rendered, SendRequest, Ticket } from '@/shared/api/types'
import type { OutgoingFile } from './outbox/machine'

/** The list behind a slash. The field keeps the focus and lends its keys. */
export interface SlashMenuProps {
  ticket: number
  word: string
  keys: RefObject<((event: KeyboardEvent) => boolean) | null>
  onTake: (rendered: Rendered) => void
  onClose: () => void
}

/** A message for later; `onDone` when it was promised. */
export interface LaterProps {
  ticket: Ticket
  text: string
  files: readonly OutgoingFile[]
  onDone: () => void
  onClose: () => void
}

/** A message with something to tap, begun with `start`; `onSend` gets it as it is to be sent. */
export interface BuilderProps {
  ticket: Ticket
  text: string
  start: Rendered | null
  onSend: (message: Pick<SendRequest, 'kind' | 'body' | 'content'>) => void
  onClose: () => void
}

/** Chooses a macro, or begins with one, and shows what it would do. */
export interface MacroProps {
  ticket: Ticket
  macro: number | null
  onDone: (done: MacroDone, name: string) => void
  onClose: () => void
}

export interface CopilotProps {
  ticket: Ticket
  /** Where its button belongs. */
  slot: HTMLElement | null
  text: string
  isNote: boolean
  onText: (text: string) => void
  onReply: (reply: Rendered) => void
  onFocus: () => void
  onNote: (text: string) => void
  onTag: (tag: number) => void
  onQueue: (queue: number) => void
}

export interface InboxParts {
  SlashMenu: ComponentType<SlashMenuProps>
  Later: ComponentType<LaterProps>
  Builder: ComponentType<BuilderProps>
  /** What is promised to this customer. */
  Promised: ComponentType<{ ticket: Ticket }>
  Macro: ComponentType<MacroProps>
  /** Offers each macro in the palette. */
  MacroActions: ComponentType<{ ticket: Ticket; onChoose: (macro: number) => void }>
  /** What the messages of this ticket cost. */
  Cost: ComponentType<{ ticket: number }>
  /** What one message to its customer would cost. */
  Estimate: ComponentType<{ ticket: number; category?: string | undefined }>
  /** Writes, sums up and chooses for the agent; what it makes goes into the draft, never out. */
  Copilot: ComponentType<CopilotProps>
  /** One message in the reader's language: a tool beside it, the words below it. */
  TranslateTool: ComponentType<{ message: Message; ticket: number; className: string | undefined }>
  Translated: ComponentType<{ message: Message }>
  /** How the customer rated this ticket. */
  Score: ComponentType<{ ticket: number }>
  /** What was heard in a voice message. */
  Transcript: ComponentType<{ file: Attachment; message: number }>
}

const Parts = createContext<Partial<InboxParts>>({})

export const PartsProvider = Parts

export function useInboxParts(): Partial<InboxParts> {
  return use(Parts)
}
