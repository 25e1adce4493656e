/** What can wait until people see what they asked for. */
import { startTransition, useEffect, useState } from 'react'

/** Does what can wait until the frame that is being drawn was painted; answers with how to call it off. */
export function afterPaint(work: () => void, pause = 0): () => void {
  let timer: ReturnType<typeof setTimeout>
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(work, pause)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}

/** Who stays sees the rest as well; who walks on at once must not wait for it. */
export const A_MOMENT = 60

/** Follows a value a moment after what else it changes is there and was painted. */
export function useAfterPaint<T>(value: T, isThere: boolean): T {
  const [shown, setShown] = useState(value)
  useEffect(() => {
    if (shown === value || !isThere) return
    return afterPaint(() => startTransition(() => setShown(value)), A_MOMENT)
  }, [shown, value, isThere])
  return shown
}
