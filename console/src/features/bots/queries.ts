/** Bots of others and talks with the company's gateway: every read and write. */
import { queryOptions, useMutation } from '@tanstack/react-query'
import { api, call, everyPage } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { Bot, BotCheck, Talk, TalkMessage } from '@/shared/api/types'

export const botsQuery = queryOptions({ queryKey: ['bots'], queryFn: () => load(false) })
export const deletedBotsQuery = queryOptions({ queryKey: ['bots', 'deleted'], queryFn: () => load(true) })
export const talksQuery = queryOptions({
  queryKey: ['talks'],
  queryFn: async () => (await call(api.GET('/api/talks/', {}))).results as Talk[],
})

/** The oldest first. While an answer is still to come it is asked for again. */
export const talkMessagesQuery = (id: number) =>
  queryOptions({
    queryKey: ['talks', id, 'messages'],
    queryFn: async () => {
      const page = await call(api.GET('/api/talks/{id}/messages/', { params: { path: { id } } }))
      return [...page.results].reverse() as TalkMessage[]
    },
    refetchInterval: ({ state }) => (state.data?.some((one) => one.state === 'waiting') ? 1500 : false),
  })

export interface BotValues extends Record<string, unknown> {
  name: string
  kind: Bot['kind']
  url: string
  options: {
    slug: string
    project: string
    language: string
    location: string
    edition: 'es' | 'cx'
    agent: string
    environment: string
  }
  /** What is typed replaces the secret; left empty it stays. */
  secrets: { token: string; secret: string; service_account: string }
  is_on: boolean
  is_gateway: boolean
  connections: string[]
  queues: string[]
  hours: Bot['hours']
  start_words: string[]
  restart_words: string[]
  finish_words: string[]
  expires_minutes: number | null
  delay_ms: number
  restart_text: string
  fallback_text: string
  at_end: Bot['at_end']
  handover_queue: string
  handover_message: string
}

export function useSaveBot(bot: Bot | null) {
  return useMutation({
    mutationFn: ({ kind, connections, queues, handover_queue, secrets, options, ...rest }: BotValues) => {
      const body = {
        ...rest,
        expires_minutes: rest.expires_minutes ?? 0,
        connections: connections.map(Number),
        queues: queues.map(Number),
        handover_queue: handover_queue ? Number(handover_queue) : null,
        secrets: Object.fromEntries(Object.entries(secrets).filter(([, value]) => value)),
        options: kind === 'webhook' ? {} : options,
      }
      if (bot) return call(api.PATCH('/api/bots/{id}/', { params: { path: { id: bot.id } }, body }))
      return call(api.POST('/api/bots/', { body: { ...body, kind } }))
    },
    onSuccess: refresh,
  })
}

export function useDeleteBot() {
  return useMutation({
    mutationFn: (bot: Bot) => call(api.DELETE('/api/bots/{id}/', { params: { path: { id: bot.id } } })),
    onSuccess: refresh,
  })
}

export function useRestoreBot() {
  return useMutation({
    mutationFn: (id: number) => call(api.POST('/api/bots/{id}/restore/', { params: { path: { id } } })),
    onSuccess: refresh,
  })
}

export function useBotToken(id: number) {
  return useMutation({
    mutationFn: () => call(api.POST('/api/bots/{id}/token/', { params: { path: { id } } })),
    onSuccess: refresh,
  })
}

/** `before` is the answer before; without it a trial begins. */
export function useTrial(id: number) {
  return useMutation({
    mutationFn: ({ text, before }: { text: string; before: BotCheck | null }) => {
      const going = before && !before.is_over ? before : null
      const body = {
        text,
        talk: going?.talk ?? null,
        session: going?.session ?? '',
        state: going?.state ?? {},
      }
      return call(api.POST('/api/bots/{id}/check/', { params: { path: { id } }, body }))
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: botsQuery.queryKey }),
  })
}

/** Says something; `talk` null begins one. */
export function useSay(talk: number | null) {
  return useMutation({
    mutationFn: (message: string) => {
      const body = { message, wait: true }
      if (talk === null) return call(api.POST('/api/talks/', { body }))
      return call(api.POST('/api/talks/{id}/messages/', { params: { path: { id: talk } }, body }))
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: talksQuery.queryKey }),
  })
}

export function useDeleteTalk() {
  return useMutation({
    mutationFn: (talk: Talk) => call(api.DELETE('/api/talks/{id}/', { params: { path: { id: talk.id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: talksQuery.queryKey }),
  })
}

async function load(deleted: boolean): Promise<Bot[]> {
  const fetch = (cursor?: string) => call(api.GET('/api/bots/', { params: { query: { cursor, deleted } } }))
  return everyPage<Bot>(fetch)
}

function refresh(): void {
  void queryClient.invalidateQueries({ queryKey: botsQuery.queryKey })
}
