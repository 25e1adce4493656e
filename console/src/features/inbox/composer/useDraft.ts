/** What was begun in a ticket waits there, also after a reload; sent or emptied, it is gone. */
import { useEffect, useRef, useState } from 'react'
import { currentMe } from '@/shared/session/store'
import { viewerOf } from '../data/session'

export type Mode = 'reply' | 'note'

interface Draft {
  text: string
  mode: Mode
}

const PAUSE = 300
const EMPTY: Draft = { text: '', mode: 'reply' }

export function useDraft(ticket: number) {
  const [draft, setDraft] = useState<Draft>(() => readDraft(ticket))
  const latest = useRef(draft)
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
  }, [ticket])
  return {
    ...draft,
    setText: (text: string) => setDraft((before) => ({ ...before, text })),
    setMode: (mode: Mode) => setDraft((before) => ({ ...before, mode })),
    /** A note is an exception: after it one answers the customer again. */
    clear: () => setDraft(EMPTY),
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
