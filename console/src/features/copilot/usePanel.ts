/** What the panel shows: the act that is wanted, what was asked for it, and the answer as it comes. */
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { announce } from '@/shared/ui/announce'
import { type Act, type Answer, ask, type Question } from './asking'
import type { Wish } from './Copilot'
import { withoutMarks } from './cited'

/** The part of the draft that an answer would replace. */
export interface Range {
  start: number
  end: number
}

export interface Shown {
  act: Act
  /** null while something is still to be chosen or written. */
  question: Question | null
  range: Range
}

export function usePanel(ticket: number, wish: Wish, text: string) {
  const { t } = useTranslation('copilot')
  const [shown, setShown] = useState<Shown>(() => ({ act: wish.act, question: null, range: whole(text) }))
  const [answer, setAnswer] = useState<Answer | null>(null)
  const stop = useRef<() => void>(() => {})

  function begin(act: Act, more: Partial<Question> = {}, range = marked(text)): void {
    stop.current()
    setAnswer(null)
    const question = questionOf(ticket, act, more, text, range)
    setShown({ act, question, range })
    if (!question) return
    stop.current = ask(question, (next) => {
      setAnswer(next)
      // Once, when it is whole: not every word as it comes.
      if (next.state === 'done')
        announce(next.error ? t('failedAloud') : `${t('doneAloud')} ${withoutMarks(next.text)}`)
    })
    setAnswer({ state: 'waiting', text: '', sources: [], suggestions: null, error: null })
  }
  const latest = useRef(begin)
  latest.current = begin
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same act again is a new wish
  useEffect(() => latest.current(wish.act), [wish.act, wish.count])
  useEffect(() => () => stop.current(), [])

  return {
    shown,
    answer,
    begin,
    again: () => shown.question && begin(shown.act, shown.question, shown.range),
    stop: () => {
      stop.current()
      setAnswer((before) => before && { ...before, state: 'done', error: before.text ? null : 'stopped' })
    },
  }
}

function questionOf(
  ticket: number,
  act: Act,
  more: Partial<Question>,
  text: string,
  { start, end }: Range,
): Question | null {
  const words = more.text ?? text.slice(start, end)
  const question: Question = { ...more, ticket, act }
  if (act === 'ask') return question.question ? question : null
  if (act === 'suggest' || act === 'rewrite' || act === 'translate') question.text = words
  if (act === 'rewrite') question.tone ??= 'grammar'
  return act !== 'suggest' && 'text' in question && !words.trim() ? null : question
}

/** What is selected in the field, or else everything. */
function marked(text: string): Range {
  const field = document.querySelector<HTMLTextAreaElement>('[data-composer]')
  const { selectionStart: start = 0, selectionEnd: end = 0 } = field ?? {}
  return field?.value === text && end > start ? { start, end } : whole(text)
}

function whole(text: string): Range {
  return { start: 0, end: text.length }
}
