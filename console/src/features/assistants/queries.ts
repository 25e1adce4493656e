/** Assistants, their tools and what they are tried with. Changes come by events, runs are asked for until they end. */
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { api, call, everyPage } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { components } from '@/shared/api/schema'

export type Assistant = components['schemas']['Assistant']
export type AssistantTool = components['schemas']['AssistantTool']
export type AssistantRun = components['schemas']['AssistantRun']
export type AssistantStanding = components['schemas']['AssistantStanding']
export type Argument = components['schemas']['ToolArgument']

const key = ['ai-assistants']
const toolsKey = ['ai-tools']
const runsKey = ['ai-runs']

export const assistantsQuery = queryOptions({
  queryKey: key,
  queryFn: () =>
    everyPage<Assistant>((cursor) => call(api.GET('/api/ai/assistants/', { params: { query: { cursor } } }))),
})

/** Hours end and budgets are spent without an event, so it is looked at again now and then. */
export const standingsQuery = queryOptions({
  queryKey: [...key, 'standings'],
  queryFn: () => call(api.GET('/api/ai/assistants/standings/')),
  refetchInterval: 60_000,
})

export const deletedAssistantsQuery = queryOptions({
  queryKey: [...key, 'deleted'],
  queryFn: () =>
    everyPage<Assistant>((cursor) =>
      call(api.GET('/api/ai/assistants/', { params: { query: { cursor, deleted: true } } })),
    ),
})

export const toolsQuery = queryOptions({
  queryKey: toolsKey,
  queryFn: () =>
    everyPage<AssistantTool>((cursor) => call(api.GET('/api/ai/tools/', { params: { query: { cursor } } }))),
})

/** What the provider offers at this moment: of the company's default one, unless it has its own. */
export function useOfferedModels(provider: number | null): string[] {
  const providers = useQuery({
    queryKey: ['ai', 'providers', 'of assistants'],
    queryFn: () =>
      everyPage<components['schemas']['AiProvider']>((cursor) =>
        call(api.GET('/api/ai/providers/', { params: { query: { cursor } } })),
      ),
  })
  const chosen = provider ?? providers.data?.find(({ is_default }) => is_default)?.id ?? null
  const models = useQuery({
    queryKey: ['ai', 'models of assistants', chosen],
    queryFn: () => call(api.GET('/api/ai/models/', { params: { query: { provider: chosen ?? 0 } } })),
    enabled: chosen !== null,
    retry: false,
  })
  return models.data?.results.map(({ id }) => id) ?? []
}

/** What of an assistant people write. */
export type AssistantValues = Omit<
  Assistant,
  'id' | 'edition' | 'is_deleted' | 'created_at' | 'updated_at' | 'version' | 'position' | 'provider'
>

export function useCreateAssistant() {
  return useMutation({
    mutationFn: (body: { name: string; instructions: string; handover_message: string; tools: string[] }) =>
      call(api.POST('/api/ai/assistants/', { body })),
    onSuccess: readAgain,
  })
}

export function useSaveAssistant() {
  return useMutation({
    mutationFn: ({ id, body }: { id: number; body: Partial<AssistantValues> }) =>
      call(api.PATCH('/api/ai/assistants/{id}/', { params: { path: { id } }, body })),
    onSuccess: readAgain,
  })
}

export function useDeleteAssistant() {
  return useMutation({
    mutationFn: ({ id }: Assistant) =>
      call(api.DELETE('/api/ai/assistants/{id}/', { params: { path: { id } } })),
    onSuccess: readAgain,
  })
}

export function useRestoreAssistant() {
  return useMutation({
    mutationFn: (id: number) =>
      call(api.POST('/api/ai/assistants/{id}/restore/', { params: { path: { id } } })),
    onSuccess: readAgain,
  })
}

export interface ToolValues extends Record<string, unknown> {
  name: string
  description: string
  method: AssistantTool['method']
  url: string
  arguments: Argument[]
  /** A value of null keeps the secret that is kept. */
  headers: Record<string, string | null>
  timeout_seconds: number
  needs_verification: boolean
}

export function useSaveTool(tool: AssistantTool | null) {
  return useMutation({
    mutationFn: ({ name, ...rest }: ToolValues) =>
      tool
        ? call(api.PATCH('/api/ai/tools/{id}/', { params: { path: { id: tool.id } }, body: rest }))
        : call(api.POST('/api/ai/tools/', { body: { name, ...rest } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: toolsKey }),
  })
}

export function useDeleteTool() {
  return useMutation({
    mutationFn: ({ id }: AssistantTool) =>
      call(api.DELETE('/api/ai/tools/{id}/', { params: { path: { id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: toolsKey }),
  })
}

export interface Line {
  role: 'user' | 'assistant'
  text: string
}

export function useTry(id: number) {
  return useMutation({
    mutationFn: (body: { messages: Line[]; draft: Partial<AssistantValues>; request: string }) =>
      call(api.POST('/api/ai/assistants/{id}/try/', { params: { path: { id } }, body })),
  })
}

/** The socket says when there is more to read; the clock helps where the line was cut. */
export function useRun(id: number | null) {
  return useQuery({
    queryKey: [...runsKey, id],
    queryFn: () => call(api.GET('/api/ai/runs/{id}/', { params: { path: { id: id ?? 0 } } })),
    enabled: id !== null,
    refetchInterval: ({ state }) => (isOver(state.data) ? false : 5_000),
  })
}

export function readRunsAgain(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: runsKey })
}

export function isOver(run: AssistantRun | undefined): boolean {
  return run?.state === 'completed' || run?.state === 'failed'
}

function readAgain(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: key })
}
