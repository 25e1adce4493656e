/** J, K and the arrows: the focus moves at once, the conversation opens a moment after the last press. */
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useActions } from '@/shared/actions/registry'
import { useTranslation } from '@/shared/i18n/translate'
import { focusComposer } from '../composer/focus'
import { readAhead } from '../data/threads'
import { useInboxAddress } from '../useInboxAddress'
import { focusRow } from './focus'

const PAUSE = 80

interface ListKeysOptions {
  ids: readonly number[]
  /** Scrolls to a row. */
  reveal: (place: number) => void
  frame: RefObject<HTMLElement | null>
}

/** Answers with the row that has the focus, which runs ahead of the address. */
export function useListKeys({ ids, reveal, frame }: ListKeysOptions): number | undefined {
  const { t } = useTranslation('inbox')
  const { search, openTicket } = useInboxAddress()
  const [focused, setFocused] = useState<number>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // Tab, a closed ticket's neighbour, a click: wherever the focus is, the keys go on from there.
  useEffect(() => {
    const pane = frame.current
    const follow = (event: FocusEvent) => {
      const id = Number((event.target as HTMLElement).dataset.ticket)
      if (id) setFocused(id)
    }
    pane?.addEventListener('focusin', follow)
    return () => pane?.removeEventListener('focusin', follow)
  }, [frame])
  // A link has the last word.
  useEffect(() => setFocused(search.ticket), [search.ticket])
  useEffect(() => () => clearTimeout(timer.current), [])

  function move(step: 1 | -1, keepsTyping: boolean): void {
    const from = focused === undefined ? -1 : ids.indexOf(focused)
    const place = from === -1 ? (step === 1 ? 0 : ids.length - 1) : from + step
    const next = ids[place]
    if (next === undefined) return
    setFocused(next)
    readAhead(next)
    reveal(place)
    if (!keepsTyping) focusRow(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      openTicket(next)
      if (keepsTyping) focusComposer()
    }, PAUSE)
  }

  const group = t('title')
  useActions([
    {
      id: 'inbox.next',
      label: t('actions.next'),
      group,
      shortcut: 'nextTicket',
      isHidden: true,
      perform: () => move(1, false),
    },
    {
      id: 'inbox.previous',
      label: t('actions.previous'),
      group,
      shortcut: 'previousTicket',
      isHidden: true,
      perform: () => move(-1, false),
    },
    {
      id: 'inbox.nextTyping',
      label: t('actions.next'),
      group,
      shortcut: 'nextTicketWhileTyping',
      perform: () => move(1, true),
    },
    {
      id: 'inbox.previousTyping',
      label: t('actions.previous'),
      group,
      shortcut: 'previousTicketWhileTyping',
      perform: () => move(-1, true),
    },
    {
      id: 'inbox.open',
      label: t('actions.open'),
      group,
      shortcut: 'openTicket',
      isHidden: true,
      perform: () => open(),
    },
  ])

  function open(): void {
    const id = focused ?? ids[0]
    if (id === undefined) return
    openTicket(id)
    focusComposer()
  }
  return focused
}
