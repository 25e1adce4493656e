/**
 * Delivers what the socket received to the features, in batches.
 *
 * Fifty events in fifty milliseconds become one write per query instead of fifty; that keeps the console
 * usable at a hundred events a second.
 */
import type { Push, PushData, PushType } from './frames'

export type Handler<T extends PushType> = (rows: PushData<T>[]) => void

/** One list of handlers for every type there is: forgetting a type does not compile. */
export type HandlerMap = { [T in PushType]: readonly Handler<T>[] }

const FLUSH_EVERY = 50
const FLUSH_WHEN_BUSY = 200
const FLUSH_WHEN_HIDDEN = 1_000
const BUSY = 50

export class Dispatcher {
  private readonly handlers: HandlerMap
  private queue: Push[] = []
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(handlers: HandlerMap) {
    this.handlers = handlers
  }

  push(push: Push): void {
    this.queue.push(push)
    this.timer ??= setTimeout(() => this.flush(), this.delay())
  }

  /** Forgets what was not delivered yet: it belongs to a session that is over. */
  clear(): void {
    this.queue = []
    clearTimeout(this.timer)
    this.timer = undefined
  }

  flush(): void {
    const batch = this.queue
    this.clear()
    for (const [type, rows] of groupByType(batch)) this.deliver(type, rows as PushData<typeof type>[])
  }

  private deliver<T extends PushType>(type: T, rows: PushData<T>[]): void {
    // A newer server may send types that this build does not know.
    const handlers = (this.handlers[type] ?? []) as readonly Handler<T>[]
    for (const handle of handlers) {
      try {
        handle(rows)
      } catch (error) {
        // One feature's mistake must not cost the others their events.
        reportError(error)
      }
    }
  }

  private delay(): number {
    if (typeof document !== 'undefined' && document.hidden) return FLUSH_WHEN_HIDDEN
    return this.queue.length > BUSY ? FLUSH_WHEN_BUSY : FLUSH_EVERY
  }
}

/** Types in order of first appearance; rows keep their order within a type. */
function groupByType(batch: Push[]): Map<PushType, unknown[]> {
  const groups = new Map<PushType, unknown[]>()
  for (const { type, data } of batch) {
    const rows = groups.get(type)
    if (rows) rows.push(data)
    else groups.set(type, [data])
  }
  return groups
}
