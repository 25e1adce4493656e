/** Between an assistant and its form: ids are texts there, and what tools are narrowed to lies flat. */
import type { UseFormReturnType } from '@mantine/form'
import type { Assistant, AssistantValues } from './queries'

export interface EditorValues extends Record<string, unknown> {
  name: string
  instructions: string
  model: string
  temperature: number | ''
  languages: string[]
  uses_knowledge: boolean
  sectors: string[]
  tools: string[]
  tags: string[]
  fields: string[]
  queuesToTransfer: string[]
  hook: string[]
  queues: string[]
  connections: string[]
  hours: Assistant['hours']
  debounce_seconds: number
  handover_queue: string | null
  handover_message: string
  max_answers: number
  speaks: boolean
  exam_threshold: number
}

export type EditorForm = UseFormReturnType<EditorValues>

export function valuesOf(one: Assistant): EditorValues {
  const option = (tool: string, what: string) => (one.tool_options[tool]?.[what] ?? []).map(String)
  return {
    name: one.name,
    instructions: one.instructions,
    model: one.model,
    temperature: one.temperature ?? '',
    languages: one.languages,
    uses_knowledge: one.uses_knowledge,
    sectors: one.sectors,
    tools: one.tools,
    tags: option('set_tag', 'tags'),
    fields: option('set_field', 'fields'),
    queuesToTransfer: option('transfer_queue', 'queues'),
    hook: option('verify_customer', 'hook'),
    queues: one.queues.map(String),
    connections: one.connections.map(String),
    hours: one.hours,
    debounce_seconds: one.debounce_seconds,
    handover_queue: one.handover_queue === null ? null : String(one.handover_queue),
    handover_message: one.handover_message,
    max_answers: one.max_answers,
    speaks: one.speaks,
    exam_threshold: one.exam_threshold,
  }
}

/** What decides what it would say. */
export function drafted(values: EditorValues): Partial<AssistantValues> {
  return {
    instructions: values.instructions.trim() ? values.instructions : undefined,
    model: values.model.trim(),
    temperature: values.temperature === '' ? null : values.temperature,
    languages: values.languages,
    uses_knowledge: values.uses_knowledge,
    sectors: values.sectors,
    tools: values.tools,
    tool_options: {
      set_tag: { tags: values.tags.map(Number) },
      set_field: { fields: values.fields },
      transfer_queue: { queues: values.queuesToTransfer.map(Number) },
      verify_customer: { hook: values.hook },
    },
  }
}

export function given(values: EditorValues): Partial<AssistantValues> {
  return {
    ...drafted(values),
    name: values.name,
    queues: values.queues.map(Number),
    connections: values.connections.map(Number),
    hours: values.hours,
    debounce_seconds: values.debounce_seconds,
    handover_queue: values.handover_queue === null ? null : Number(values.handover_queue),
    handover_message: values.handover_message,
    max_answers: values.max_answers,
    speaks: values.speaks,
    exam_threshold: values.exam_threshold,
  }
}
