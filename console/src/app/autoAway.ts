/** Nobody touched the console for ten minutes: colleagues see "away", until somebody does. */
import type { Presence } from '@/shared/api/types'

const IDLE_MS = 10 * 60_000
const LOOK_EVERY_MS = 15_000
const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

interface Surroundings {
  presence: () => Presence | undefined
  say: (presence: 'online' | 'away') => void
}

/** Only what was switched by itself is switched back: who chose to be away or busy stays so. */
export function watchForSilence({ presence, say }: Surroundings): () => void {
  let lastSign = Date.now()
  let isOurs = false
  function live(): void {
    lastSign = Date.now()
    if (!isOurs) return
    isOurs = false
    if (presence() === 'away') say('online')
  }
  function look(): void {
    if (isOurs || Date.now() - lastSign < IDLE_MS || presence() !== 'online') return
    isOurs = true
    say('away')
  }
  const timer = setInterval(look, LOOK_EVERY_MS)
  for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, live, { passive: true, capture: true })
  return () => {
    clearInterval(timer)
    for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, live, { capture: true })
  }
}
