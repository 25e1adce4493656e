/** The rows in sight and some around them. All are of one height, so where each lies is known without measuring. */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react'

const AROUND = 300
const AT_FIRST = { first: 0, end: 16 }

export function useRowsInSight(frame: RefObject<HTMLElement | null>, height: number) {
  const [rows, setRows] = useState(AT_FIRST)
  const look = useCallback(() => {
    const box = frame.current
    if (!box) return
    const first = Math.max(0, Math.floor((box.scrollTop - AROUND) / height))
    const end = Math.ceil((box.scrollTop + box.clientHeight + AROUND) / height)
    setRows((before) => (before.first === first && before.end === end ? before : { first, end }))
  }, [frame, height])
  useLayoutEffect(look, [look])
  useEffect(() => {
    const watcher = new ResizeObserver(look)
    if (frame.current) watcher.observe(frame.current)
    return () => watcher.disconnect()
  }, [frame, look])
  /** Scrolls no further than it takes to see the whole row. */
  const reveal = useCallback(
    (place: number) => {
      const box = frame.current
      if (!box) return
      const top = place * height
      if (top < box.scrollTop) box.scrollTop = top
      else box.scrollTop = Math.max(box.scrollTop, top + height - box.clientHeight)
      look()
    },
    [frame, height, look],
  )
  return { ...rows, look, reveal }
}
