/** The first line in sight, held where it is while what lies above it grows, shrinks, comes or goes. */
import { type RefObject, useMemo, useRef } from 'react'

type Box = RefObject<HTMLElement | null>

export function useAnchor(frame: Box, list: Box) {
  const kept = useRef<{ line: Element; top: number } | null>(null)
  return useMemo(
    () => ({
      remember(): void {
        const top = frame.current?.getBoundingClientRect().top ?? 0
        const line = list.current && firstBelow(list.current.children, top)
        kept.current = line ? { line, top: line.getBoundingClientRect().top - top } : null
      },
      hold(): void {
        const box = frame.current
        if (!box || !kept.current?.line.isConnected) return
        const { line, top } = kept.current
        const moved = line.getBoundingClientRect().top - box.getBoundingClientRect().top - top
        if (Math.abs(moved) >= 1) box.scrollTop += moved
      },
    }),
    [frame, list],
  )
}

function firstBelow(lines: HTMLCollection, top: number): Element | undefined {
  let low = 0
  let high = lines.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lines[middle]?.getBoundingClientRect().bottom ?? 0) > top) high = middle
    else low = middle + 1
  }
  return lines[low]
}
