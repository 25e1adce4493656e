/** The list of colleagues while a name is being written in a note. */
import type { KeyboardEvent } from 'react'
import type { User } from '@/shared/api/types'
import { useUsers } from '@/shared/directory/queries'
import { useStateOf } from '@/shared/lib/stateOf'
import { useSessionStore } from '@/shared/session/store'
import { complete, matching, mentionAt } from './mentions'

interface Writing {
  text: string
  cursor: number
}

type Named = Pick<User, 'id' | 'name'>

/** Colleagues in notes; in a group, its participants. */
export function useMentions(
  ticket: number,
  isNote: boolean,
  group: readonly Named[],
  onChosen: (text: string, cursor: number) => void,
) {
  const me = useSessionStore((state) => state.me?.user.id)
  const users = useUsers()
  const [writing, setWriting] = useStateOf<Writing | null>(ticket, null)
  const [place, setPlace] = useStateOf(ticket, 0)
  const named: readonly Named[] = isNote ? users.filter(({ is_active, id }) => is_active && id !== me) : group
  const word = writing ? mentionAt(writing.text, writing.cursor) : null
  const people = word === null ? [] : matching(named, word)
  const current = Math.min(place, people.length - 1)

  function pick(person: Named): void {
    if (!writing) return
    const next = complete(writing.text, writing.cursor, person.name)
    setWriting(null)
    onChosen(next.text, next.cursor)
  }

  /** True when the key was for the list. */
  function onKey(event: KeyboardEvent): boolean {
    const person = people[current]
    if (!person) return false
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setPlace((current + step + people.length) % people.length)
    else if (event.key === 'Enter' || event.key === 'Tab') pick(person)
    else if (event.key === 'Escape') setWriting(null)
    else return false
    event.preventDefault()
    return true
  }

  return {
    people,
    current,
    pick,
    onKey,
    wrote: (text: string, cursor: number) => {
      setPlace(0)
      setWriting({ text, cursor })
    },
  }
}
