/** Parts of a screen that are fetched when they are first shown. A line that drops delays them, nothing more. */
import { type ComponentType, lazy } from 'react'

// biome-ignore lint/suspicious/noExplicitAny: a part may take any properties; who draws it is held to them
type Part = ComponentType<any>

/** Seconds between tries: after the last, the error is shown. */
const PAUSES = [1, 3, 9, 27]
/** Milliseconds between asking the server whether there is a line after all. */
const PROBE = 5_000

/** What is still to be fetched, in the order in which its module asked for it. */
const ahead: (() => Promise<unknown>)[] = []
let isAhead = false
let isFetching = false

/** A component of a module that is fetched when the component is first drawn, inside a `Suspense`. */
export function later<Name extends string, Module extends Record<Name, Part>>(
  load: () => Promise<Module>,
  name: Name,
) {
  ahead.push(load)
  if (isAhead) fetchAhead()
  return lazy<Module[Name]>(async () => ({ default: (await fetched(load))[name] }))
}

/**
 * Fetches a module once there is a line. Without it, a console whose line dropped before it opened a part would
 * lose the whole screen, and what was being written with it. Nothing is tried before: browsers remember that a
 * script did not arrive until the page is loaded anew. What fails on its way is asked for a few times all the
 * same, for a style sheet that did not arrive can.
 */
export async function fetched<Module>(load: () => Promise<Module>): Promise<Module> {
  for (let tries = 0; ; tries++) {
    await whenOnline()
    try {
      return await load()
    } catch (error) {
      const pause = PAUSES[tries]
      if (pause === undefined) throw error
      await new Promise((resolve) => setTimeout(resolve, pause * 1_000))
      await mendStyles()
    }
  }
}

/**
 * From now on, fetches every part that the open screen may need, one at a time and while nothing else is
 * to do: what opens for the first time needs no line any more. Not for those who save data.
 */
export function fetchAhead(): void {
  if ((navigator as { connection?: { saveData?: boolean } }).connection?.saveData) return
  isAhead = true
  const load = isFetching ? undefined : ahead.shift()
  if (!load) return
  isFetching = true
  const next = () => {
    isFetching = false
    fetchAhead()
  }
  whenIdle(() => void fetched(load).then(next, next))
}

function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(work)
  else setTimeout(work, 200) // Safari
}

/** A browser that says that it has no line may be wrong (some behind a VPN are): then the server is asked. */
async function whenOnline(): Promise<void> {
  while (!navigator.onLine && !(await isAnswered())) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, PROBE)
      window.addEventListener('online', () => resolve(clearTimeout(timer)), { once: true })
    })
  }
}

async function isAnswered(): Promise<boolean> {
  return fetch('/health/live', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
}

/** Asks again for the style sheets that did not arrive: Vite asks for each of them once only. */
async function mendStyles(): Promise<void> {
  const missing = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')]
  await Promise.all(
    missing
      .filter((link) => link.sheet === null)
      .map((link) => {
        const again = link.cloneNode() as HTMLLinkElement
        const ended = new Promise((resolve) => {
          again.onload = again.onerror = resolve
        })
        link.replaceWith(again)
        return ended
      }),
  )
}
