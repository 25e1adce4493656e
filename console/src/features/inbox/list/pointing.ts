/** The conversation that the pointer rests on is fetched before it is pressed. */
import type { PointerEvent } from 'react'
import { queryClient } from '@/shared/api/queryClient'
import { readAheadOnce, threadsKey } from '../data/threads'

/** Whoever only crosses a row does not mean it. */
const RESTS = 80

let timer: ReturnType<typeof setTimeout> | undefined

export function pointAt(id: number, { pointerType }: PointerEvent): void {
  clearTimeout(timer)
  if (pointerType !== 'mouse') return
  timer = setTimeout(() => {
    // One at a time: a pointer that strolls through the list must not keep the server busy.
    if (queryClient.isFetching({ queryKey: threadsKey }) === 0) readAheadOnce(id)
  }, RESTS)
}

export function pointAway(): void {
  clearTimeout(timer)
}
