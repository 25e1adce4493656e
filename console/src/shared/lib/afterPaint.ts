/** What can wait until people see what they asked for. */
import { startTransition, useEffect, useState } from 'react'

/** Does what can wait until the frame that is being drawn was painted; answers with how to call it off. */
export function afterPaint(work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(work)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}

/** Follows a value once what else it changes was painted. */
export function useAfterPaint<T>(value: T): T {
  const [shown, setShown] = useState(value)
  useEffect(
    () => (shown === value ? undefined : afterPaint(() => startTransition(() => setShown(value)))),
    [shown, value],
  )
  return shown
}
