/** What was begun in a ticket waits there: in this browser at once, on the server a moment later. */
import { useEffect } from 'react'
import { useBoxOf, useStateOf } from '@/shared/lib/stateOf'
import { currentMe } from '@/shared/session/store'
import { keepDraft, useServerDraft } from '../data/drafts'
import { viewerOf } from '../data/session'

export type Mode = 'reply' | 'note'

interface Draft {
  text: string
  mode: Mode
}

const PAUSE = 300
const SERVER_PAUSE = 1_200
const EMPTY: Draft = { text: '', mode: 'reply' }

export function useDraft(ticket: number) {
  const [draft, setDraft] = useStateOf<Draft>(ticket, () => readDraft(ticket))
  const latest = useBoxOf(ticket, draft)
  latest.current = draft
  useEffect(() => {
    const timer = setTimeout(() => writeDraft(ticket, draft), PAUSE)
    return () => clearTimeout(timer)
  }, [ticket, draft])
  useEffect(() => {
    const save = () => writeDraft(ticket, latest.current)
    window.addEventListener('pagehide', save)
    return () => {
      window.removeEventListener('pagehide', save)
      save()
    }
  }, [ticket, latest])
  const change = useServerCopy(ticket, draft, setDraft)
  return {
    ...draft,
    setText: (text: string) => change((before) => ({ ...before, text })),
    setMode: (mode: Mode) => setDraft((before) => ({ ...before, mode })),
    /** A note is an exception: after it one answers the customer again. */
    clear: () => change(() => EMPTY),
  }
}

type Change = (change: (before: Draft) => Draft) => void

/** Sends what is written here; takes what was written elsewhere unless something is being written here. */
function useServerCopy(ticket: number, draft: Draft, setDraft: Change): Change {
  const isOurs = useBoxOf(ticket, draft.text !== '')
  const latest = useBoxOf(ticket, draft)
  latest.current = draft
  const elsewhere = useServerDraft(ticket)
  useEffect(() => {
    if (!elsewhere || isOurs.current || elsewhere.body === latest.current.text) return
    setDraft(() => ({ text: elsewhere.body, mode: elsewhere.mode }))
  }, [elsewhere, setDraft, isOurs, latest])
  useEffect(() => {
    if (!isOurs.current) return
    const timer = setTimeout(() => {
      isOurs.current = false
      void keepDraft(ticket, draft.text, draft.mode)
    }, SERVER_PAUSE)
    return () => clearTimeout(timer)
  }, [ticket, draft, isOurs])
  useEffect(
    () => () => {
      if (isOurs.current) void keepDraft(ticket, latest.current.text, latest.current.mode)
    },
    [ticket, isOurs, latest],
  )
  return (next) => {
    isOurs.current = true
    setDraft(next)
  }
}

function keyOf(ticket: number): string {
  return `helpdesk.draft.${viewerOf(currentMe())}.${ticket}`
}

export function readDraft(ticket: number): Draft {
  try {
    const stored = JSON.parse(localStorage.getItem(keyOf(ticket)) ?? 'null') as Partial<Draft> | null
    return { text: stored?.text ?? '', mode: stored?.mode === 'note' ? 'note' : 'reply' }
  } catch {
    return EMPTY
  }
}

function writeDraft(ticket: number, draft: Draft): void {
  try {
    if (draft.text) localStorage.setItem(keyOf(ticket), JSON.stringify(draft))
    else localStorage.removeItem(keyOf(ticket))
  } catch {
    // A full disk must not stop anybody from writing.
  }
}
