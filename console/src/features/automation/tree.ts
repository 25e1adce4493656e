/** The tree of a menu while it is edited. A place is the list of positions from the root: [1, 0] is the first below the second. */
import type { KeptFile, Menu } from '@/shared/api/types'

export type OptionKind = 'text' | 'queue' | 'agent' | 'files' | 'close'
export const KINDS: readonly OptionKind[] = ['queue', 'text', 'agent', 'files', 'close']
export const DEEPEST = 6
export const MOST = 20

export interface DraftOption {
  key: string
  title: string
  kind: OptionKind
  text: string
  queue: number | null
  agent: number | null
  files: KeptFile[]
  closes: boolean
  options: DraftOption[]
}

export type Place = readonly number[]

export function newOption(changes: Partial<DraftOption> = {}): DraftOption {
  return {
    key: crypto.randomUUID().slice(0, 8),
    title: '',
    kind: 'queue',
    text: '',
    queue: null,
    agent: null,
    files: [],
    closes: false,
    options: [],
    ...changes,
  }
}

export function draftOf(menu: Menu | null): DraftOption[] {
  // The schema describes the first level only; those below have the same form.
  return (menu?.options ?? []) as unknown as DraftOption[]
}

export function optionAt(options: readonly DraftOption[], place: Place): DraftOption | undefined {
  const [first, ...rest] = place
  const found = first === undefined ? undefined : options[first]
  return rest.length === 0 ? found : found && optionAt(found.options, rest)
}

/** The list that holds the option at `place`, changed. */
function changeLevel(
  options: readonly DraftOption[],
  place: Place,
  change: (level: readonly DraftOption[], position: number) => DraftOption[],
): DraftOption[] {
  const [first = 0, ...rest] = place
  if (rest.length === 0) return change(options, first)
  return options.map((option, index) =>
    index === first ? { ...option, options: changeLevel(option.options, rest, change) } : option,
  )
}

export function changeOption(
  options: readonly DraftOption[],
  place: Place,
  changes: Partial<DraftOption>,
): DraftOption[] {
  return changeLevel(options, place, (level, at) =>
    level.map((option, index) => (index === at ? { ...option, ...changes } : option)),
  )
}

export function removeOption(options: readonly DraftOption[], place: Place): DraftOption[] {
  return changeLevel(options, place, (level, at) => level.toSpliced(at, 1))
}

/** Up (-1) or down (1) within its level. */
export function moveOption(options: readonly DraftOption[], place: Place, by: -1 | 1): DraftOption[] {
  return changeLevel(options, place, (level, at) => {
    const option = level[at]
    if (!option || at + by < 0 || at + by >= level.length) return [...level]
    return level.toSpliced(at, 1).toSpliced(at + by, 0, option)
  })
}

/** Last below `parent`, or last of all. */
export function addOption(
  options: readonly DraftOption[],
  parent: Place,
  option: DraftOption,
): DraftOption[] {
  if (parent.length === 0) return [...options, option]
  const above = optionAt(options, parent)
  return above ? changeOption(options, parent, { options: [...above.options, option] }) : [...options]
}

/** What ends the walk has nothing below it. */
export function canHaveOptions({ kind, closes }: DraftOption, depth: number): boolean {
  return depth < DEEPEST && !closes && kind !== 'agent' && kind !== 'close'
}

/** What the server would refuse: nothing to read, or nowhere to go. */
export function isIncomplete({ title, kind, queue, agent, files }: DraftOption): boolean {
  if (!title.trim()) return true
  if (kind === 'queue') return queue === null
  if (kind === 'agent') return agent === null
  return kind === 'files' && files.length === 0
}
