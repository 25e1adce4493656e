/** Tries an assistant: its words come through the socket while they are made, its steps are read when there are more. */
import { useEffect, useRef, useState } from 'react'
import { hearCopilot } from '@/shared/realtime/copilot'
import { type AssistantValues, isOver, type Line, readRunsAgain, useRun, useTry } from './queries'

export function useRehearsal(assistant: number) {
  const [id, setId] = useState<number | null>(null)
  const [words, setWords] = useState('')
  const hush = useRef<() => void>(undefined)
  const attempt = useTry(assistant)
  const run = useRun(id).data
  useEffect(() => () => hush.current?.(), [])

  function begin(messages: Line[], draft: Partial<AssistantValues>): void {
    const request = crypto.randomUUID()
    forget()
    hush.current = hearCopilot(request, (said) => {
      if (!('place' in said)) {
        void readRunsAgain()
        return
      }
      const { place, text } = said
      if (text) setWords((now) => (place <= now.length ? now.slice(0, place) + text : now))
      else {
        setWords('')
        void readRunsAgain()
      }
    })
    attempt.mutate({ messages, draft, request }, { onSuccess: (begun) => setId(begun.id) })
  }

  function forget(): void {
    hush.current?.()
    setWords('')
    setId(null)
  }

  const isBusy = attempt.isPending || (id !== null && !isOver(run))
  return { run, begin, forget, isBusy, error: attempt.error, words: isBusy ? shown(words) : '' }
}

/** Without the marks of sources, also while one is only half here. */
function shown(words: string): string {
  return words.replace(/\s*\[[\d,\s]+\]/g, '').replace(/\s*\[[\d,\s]*$/, '')
}
