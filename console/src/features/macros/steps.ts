/** The steps of a macro as they are written: which kinds there are, how each begins, and what it lacks. */
import {
  type Icon,
  IconBolt,
  IconDone,
  IconFlag,
  IconMessage,
  IconNote,
  IconPostponed,
  IconProfile,
  IconTag,
  IconTransfer,
  IconUserCheck,
  IconX,
} from '@/shared/ui/icons'

export const KINDS = [
  'reply',
  'quick_reply',
  'note',
  'add_tags',
  'remove_tags',
  'priority',
  'field',
  'assign_to_me',
  'transfer',
  'snooze',
  'close',
] as const

export type StepKind = (typeof KINDS)[number]

export interface StepValues {
  body?: string
  quick_reply?: number | null
  tags?: number[]
  priority?: string
  key?: string
  value?: unknown
  minutes?: number | null
  days?: number | null
  time?: string | null
  queue?: number | null
  agent?: number | null
  note?: string
  silent?: boolean
}

/** `id` tells two steps of one kind apart while they are moved. */
export interface DraftStep extends StepValues {
  id: string
  kind: StepKind
}

export const STEP_ICONS: Record<StepKind, Icon> = {
  reply: IconMessage,
  quick_reply: IconBolt,
  note: IconNote,
  add_tags: IconTag,
  remove_tags: IconX,
  priority: IconFlag,
  field: IconProfile,
  assign_to_me: IconUserCheck,
  transfer: IconTransfer,
  snooze: IconPostponed,
  close: IconDone,
}

const BEGINNINGS: Record<StepKind, StepValues> = {
  reply: { body: '' },
  quick_reply: { quick_reply: null },
  note: { body: '' },
  add_tags: { tags: [] },
  remove_tags: { tags: [] },
  priority: { priority: 'high' },
  field: { key: '', value: '' },
  assign_to_me: {},
  transfer: { queue: null, agent: null, note: '' },
  snooze: { days: 1, time: '09:00' },
  close: { silent: false },
}

export function newStep(kind: StepKind, id: string = crypto.randomUUID()): DraftStep {
  return { id, kind, ...BEGINNINGS[kind] }
}

export function isKind(kind: unknown): kind is StepKind {
  return KINDS.some((known) => known === kind)
}

/** Kinds that this build does not know are left out rather than drawn wrongly. */
export function draftsOf(steps: readonly Record<string, unknown>[]): DraftStep[] {
  return steps.flatMap((step) => {
    const { kind } = step
    return isKind(kind) ? [{ ...newStep(kind), ...(step as StepValues), kind }] : []
  })
}

export function written({ id: _, ...step }: DraftStep): Record<string, unknown> {
  return step
}

/** Which value is missing, if any. */
export function lackOf(step: DraftStep): 'body' | 'quick_reply' | 'tags' | 'field' | 'where' | null {
  if ((step.kind === 'reply' || step.kind === 'note') && !step.body?.trim()) return 'body'
  if (step.kind === 'quick_reply' && !step.quick_reply) return 'quick_reply'
  if ((step.kind === 'add_tags' || step.kind === 'remove_tags') && !step.tags?.length) return 'tags'
  if (step.kind === 'field' && !step.key) return 'field'
  if (step.kind === 'transfer' && !step.queue && !step.agent) return 'where'
  return null
}

export function moved<Row>(rows: readonly Row[], from: number, to: number): Row[] {
  const row = rows[from]
  if (row === undefined || to < 0 || to >= rows.length) return [...rows]
  return rows.toSpliced(from, 1).toSpliced(to, 0, row)
}

/** What comes after the end of a conversation can no longer be done. */
export function isAfterClose(steps: readonly DraftStep[], place: number): boolean {
  return steps.slice(0, place).some(({ kind }) => kind === 'close')
}
