/** What can be done right now. Feeds the keyboard, the command palette and menus from one list. */
import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import type { Icon } from '@/shared/ui/icons'
import type { ShortcutId } from './shortcuts'

export interface Action {
  /** Unique among the active actions, `ticket.close`. */
  id: string
  label: string
  /** Heading in the palette. */
  group: string
  icon?: Icon
  shortcut?: ShortcutId
  /** Further words to find it by in the palette. */
  keywords?: string
  /** Only for the keyboard: too small or too obvious for the palette. */
  isHidden?: boolean
  /** Its keys are meant whatever else is on screen: what is chosen goes before what is open. */
  isFirst?: boolean
  perform: () => void
}

interface Registry {
  sets: ReadonlyMap<symbol, readonly Action[]>
}

export const useRegistry = create<Registry>(() => ({ sets: new Map() }))

/** Offers actions while the calling component is on screen. Give an array; disabled actions are left out. */
export function useActions(actions: readonly Action[]): void {
  const key = useRef(Symbol('actions'))
  const latest = useRef(actions)
  latest.current = actions
  // The list is compared by what people can see, so that new closures alone do not disturb the palette.
  const signature = actions
    .map(({ id, label, group, shortcut }) => `${id} ${label} ${group} ${shortcut ?? ''}`)
    .join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature stands for the actions
  useEffect(() => {
    const own = key.current
    const stable = latest.current.map((action) => ({
      ...action,
      perform: () => latest.current.find(({ id }) => id === action.id)?.perform(),
    }))
    useRegistry.setState(({ sets }) => ({ sets: new Map(sets).set(own, stable) }))
    return () =>
      useRegistry.setState(({ sets }) => {
        const rest = new Map(sets)
        rest.delete(own)
        return { sets: rest }
      })
  }, [signature])
}

/** The active actions: urgent ones, then the most recently mounted, so a dialog's win over the page's. */
export function activeActions(sets = useRegistry.getState().sets): Action[] {
  const actions = [...sets.values()].reverse().flat()
  return [...actions.filter(({ isFirst }) => isFirst), ...actions.filter(({ isFirst }) => !isFirst)]
}
