/** One clock for every countdown on screen. A countdown draws itself again only when its words change. */
import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** `read` is asked each second; what it answers is compared by value, so it should be a text. */
export function useEachSecond<Value extends string | null>(read: (now: number) => Value): Value {
  return useSyncExternalStore(subscribe, () => read(Math.floor(Date.now() / 1_000) * 1_000))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const tell of listeners) tell()
  }, 1_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}
