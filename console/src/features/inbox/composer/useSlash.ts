/** The word behind a slash while it is being written, and what takes its place. */
import { useStateOf } from '@/shared/lib/stateOf'

interface Slash {
  word: string
  start: number
  end: number
}

/** At the beginning of the text or of a word: neither "e/ou" nor an address is meant. */
export function slashAt(text: string, cursor: number): Slash | null {
  const found = /(?:^|\s)\/([^\s/]{0,30})$/u.exec(text.slice(0, cursor))
  if (!found) return null
  const word = found[1] ?? ''
  return { word, start: cursor - word.length - 1, end: cursor }
}

export function useSlash(ticket: number, isOn: boolean) {
  const [slash, setSlash] = useStateOf<Slash | null>(ticket, null)
  const [closedAt, setClosedAt] = useStateOf<number | null>(ticket, null)
  const open = isOn && slash !== null && slash.start !== closedAt ? slash : null
  return {
    slash: open,
    /** What was closed stays closed until another slash is written. */
    close: () => setClosedAt(slash?.start ?? null),
    wrote: (text: string, cursor: number) => {
      const found = slashAt(text, cursor)
      setSlash(found)
      if (!found) setClosedAt(null)
    },
    done: () => setSlash(null),
  }
}
