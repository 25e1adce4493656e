/** Puts the cursor into a text field in the same commit that changes its text. */
import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react'

type Field = HTMLInputElement | HTMLTextAreaElement

/**
 * `place(start, end)` beside a change of the text. Done a frame later, it would tear apart what a quick writer types
 * meanwhile.
 */
export function useCursor(field: RefObject<Field | null>): (start: number, end?: number) => void {
  const wanted = useRef<readonly [number, number]>(undefined)
  useLayoutEffect(() => {
    if (!wanted.current || !field.current) return
    const [start, end] = wanted.current
    wanted.current = undefined
    field.current.focus()
    field.current.setSelectionRange(start, end)
  })
  return useCallback((start, end = start) => {
    wanted.current = [start, end]
  }, [])
}
