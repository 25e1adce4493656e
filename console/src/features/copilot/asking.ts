/** Asks the copilot and follows its answer: what the socket says, and, where the line was cut, what the API kept. */
import { api, call } from '@/shared/api/client'
import { isApiError } from '@/shared/api/errors'
import type { CopilotQuestion, CopilotSource, CopilotSuggestions } from '@/shared/api/types'
import { type CopilotDelta, type CopilotDone, hearCopilot } from '@/shared/realtime/copilot'

export type Act = CopilotQuestion['act']
export type Question = Omit<CopilotQuestion, 'request'>

export interface Answer {
  state: 'waiting' | 'writing' | 'done'
  text: string
  sources: readonly CopilotSource[]
  suggestions: CopilotSuggestions | null
  /** A code; why there is no answer, or only a part of it. */
  error: string | null
}

export const WAITING: Answer = { state: 'waiting', text: '', sources: [], suggestions: null, error: null }

/** Between two looks at what the API kept, while the socket says nothing. */
const LOOK_AFTER = 8_000
/** From then on nobody believes in an answer. */
const GIVE_UP_AFTER = 90_000

/** Answers how to stop it. */
export function ask(question: Question, onChange: (answer: Answer) => void): () => void {
  const request = crypto.randomUUID()
  const path = { params: { path: { uuid: request } } }
  const begun = Date.now()
  let answer = WAITING
  let isOver = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const hush = hearCopilot(request, (said) => {
    if ('place' in said) written(said)
    else finished(said)
  })

  function change(next: Partial<Answer>): void {
    answer = { ...answer, ...next }
    onChange(answer)
  }

  function end(): void {
    isOver = true
    hush()
    clearTimeout(timer)
  }

  function written({ place, text }: CopilotDelta): void {
    listen()
    // A piece that was lost leaves a gap; the whole text at the end closes it.
    if (place <= answer.text.length) change({ state: 'writing', text: answer.text.slice(0, place) + text })
  }

  function finished({ text, sources, suggestions, error }: CopilotDone): void {
    end()
    change({ state: 'done', text, sources, suggestions, error })
  }

  function failed(error: unknown): void {
    if (isOver) return
    end()
    change({ state: 'done', error: isApiError(error) ? error.code : 'failed' })
  }

  function listen(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void look(), LOOK_AFTER)
  }

  async function look(): Promise<void> {
    try {
      const { state, ...kept } = await call(api.GET('/api/ai/copilot/{uuid}/', path))
      if (isOver) return
      if (state === 'done') finished(kept)
      else if (Date.now() - begun > GIVE_UP_AFTER) give('slow')
      else listen()
    } catch (error) {
      failed(error)
    }
  }

  function give(error: string): void {
    stop()
    change({ state: 'done', error })
  }

  function stop(): void {
    if (isOver) return
    end()
    void api.DELETE('/api/ai/copilot/{uuid}/', path).catch(() => {})
  }

  listen()
  call(api.POST('/api/ai/copilot/', { body: { ...question, request } })).catch(failed)
  return stop
}
