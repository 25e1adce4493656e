/** Opens the template dialog from wherever a closed window is mentioned, perhaps with words that are to wait. */
import { create } from 'zustand'
import { type Draft, enqueue } from '../outbox/outbox'

type Template = NonNullable<Draft['template']>

/** What was written outside the window; it waits in the thread until the customer answers the template. */
interface Held {
  drafts: readonly Draft[]
  onDone: () => void
}

interface Templates {
  /** Whose dialog is open. */
  ticket: number | null
  held: Held | null
}

export const useTemplates = create<Templates>(() => ({ ticket: null, held: null }))

export function openTemplates(ticket: number): void {
  useTemplates.setState({ ticket, held: null })
}

/** Asks for the template that goes before these messages. */
export function holdBehindTemplate(ticket: number, held: Held): void {
  useTemplates.setState({ ticket, held })
}

export function closeTemplates(): void {
  useTemplates.setState({ ticket: null, held: null })
}

/** Sends the chosen template, and parks what is to follow it. */
export function sendTemplate(ticket: number, template: Template): void {
  const { held } = useTemplates.getState()
  if (held) {
    park(ticket, held.drafts, template)
    held.onDone()
  } else enqueue(ticket, [{ kind: 'template', template }])
  closeTemplates()
}

/** Only the first brings the template; without one, it was sent before. */
export function park(ticket: number, drafts: readonly Draft[], template: Template | null): void {
  enqueue(
    ticket,
    drafts.map((draft, index) => ({ ...draft, park: { template: index === 0 ? template : null } })),
  )
}
