/** Forgets one company's rows when the person signs out or changes to another company. */
import type { Me } from '@/shared/api/types'
import { useSessionStore } from '@/shared/session/store'

type Listener = (me: Me | null) => void

/** Calls at once and then whenever another person or another company looks at this tab. */
export function whenViewerChanges(listener: Listener): void {
  listener(useSessionStore.getState().me)
  useSessionStore.subscribe(({ me }, { me: before }) => {
    if (viewerOf(me) !== viewerOf(before)) listener(me)
  })
}

/** Names the person at the company, `7@3`; keys of what is kept in the browser start with it. */
export function viewerOf(me: Me | null): string | null {
  return me?.company ? `${me.user.id}@${me.company.id}` : null
}
