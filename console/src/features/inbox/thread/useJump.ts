/** From a quote to the message it quotes, loading older pages until it is there. */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { Line } from './rows'

const PAGES = 30
const FLASH = 1_800

interface JumpOptions {
  view: RefObject<VirtualizerHandle | null>
  lines: readonly Line[]
  hasOlder: boolean
  loadOlder: () => Promise<void>
}

export function useJump({ view, lines, hasOlder, loadOlder }: JumpOptions) {
  const [wanted, setWanted] = useState<{ id: number; pages: number } | null>(null)
  const [flashed, setFlashed] = useState<number | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (!wanted) return
    const place = lines.findIndex(
      ({ message, album }) => message.id === wanted.id || album?.some(({ id }) => id === wanted.id),
    )
    if (place === -1) {
      if (!hasOlder || wanted.pages >= PAGES) setWanted(null)
      else void loadOlder().then(() => setWanted({ ...wanted, pages: wanted.pages + 1 }))
      return
    }
    setWanted(null)
    view.current?.scrollToIndex(place, { align: 'center' })
    setFlashed(wanted.id)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setFlashed(null), FLASH)
  }, [wanted, lines, hasOlder, loadOlder, view])
  const jumpTo = useCallback((id: number) => setWanted({ id, pages: 0 }), [])
  return { jumpTo, flashed }
}
