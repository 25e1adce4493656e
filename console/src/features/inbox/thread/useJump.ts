/** From a quote to the message it quotes, loading older pages until it is there. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Line } from './rows'

const PAGES = 30
const FLASH = 1_800

interface JumpOptions {
  lines: readonly Line[]
  /** false while the line has to come onto the page first. */
  show: (place: number) => boolean
  hasOlder: boolean
  loadOlder: () => Promise<void>
}

export function useJump({ lines, show, hasOlder, loadOlder }: JumpOptions) {
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
    if (!show(place)) return
    setWanted(null)
    setFlashed(wanted.id)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setFlashed(null), FLASH)
  }, [wanted, lines, show, hasOlder, loadOlder])
  const jumpTo = useCallback((id: number) => setWanted({ id, pages: 0 }), [])
  return { jumpTo, flashed }
}
