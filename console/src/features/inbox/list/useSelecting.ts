/** Choosing rows: by their boxes, a range with Shift, and by key. */
import { useCallback, useEffect, useRef } from 'react'
import { useActions } from '@/shared/actions/registry'
import { useTranslation } from '@/shared/i18n/translate'
import type { TicketFilter } from '../data/belongs'
import { clearSelection, extended, kept, toggled, useSelection } from '../finding/selection'

interface SelectingOptions {
  filter: TicketFilter
  ids: readonly number[]
  focused: number | undefined
}

export function useSelecting({ filter, ids, focused }: SelectingOptions) {
  const { t } = useTranslation('inbox')
  const shown = useRef(ids)
  shown.current = ids
  const pick = useCallback((id: number, isRange: boolean) => {
    useSelection.setState((selection) =>
      isRange ? extended(selection, id, shown.current) : toggled(selection, id),
    )
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list, another choice
  useEffect(() => clearSelection, [filter])
  useEffect(() => useSelection.setState((selection) => kept(selection, ids)), [ids])
  useActions([
    {
      id: 'inbox.pick',
      label: t('actions.pick'),
      group: t('title'),
      shortcut: 'pick',
      perform: () => focused !== undefined && pick(focused, false),
    },
    {
      id: 'inbox.pickRange',
      label: t('actions.pickRange'),
      group: t('title'),
      shortcut: 'pickRange',
      isHidden: true,
      perform: () => focused !== undefined && pick(focused, true),
    },
  ])
  return pick
}
