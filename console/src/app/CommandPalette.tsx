/** Everything that can be done now, found by typing. */
import '@mantine/spotlight/styles.css'
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight'
import { useEffect, useMemo } from 'react'
import { type Action, activeActions, useRegistry } from '@/shared/actions/registry'
import { shortcutOf } from '@/shared/actions/shortcuts'
import { useTranslation } from '@/shared/i18n/translate'
import { IconSearch } from '@/shared/ui/icons'
import { Keys } from './Keys'
import { spotlight, spotlightStore } from './palette'

export function CommandPalette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('app')
  const sets = useRegistry((state) => state.sets)
  const groups = useMemo(() => grouped(activeActions(sets)), [sets])
  useEffect(() => spotlight.open(), [])
  return (
    <Spotlight
      store={spotlightStore}
      actions={groups}
      shortcut={null}
      onSpotlightClose={onClose}
      nothingFound={t('palette.nothing')}
      highlightQuery
      scrollable
      centered={false}
      styles={{ inner: { left: 0 } }}
      yOffset={88}
      maxHeight={420}
      limit={30}
      overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}
      attributes={{ content: { 'aria-label': t('palette.name') } }}
      searchProps={{
        leftSection: <IconSearch size={18} />,
        placeholder: t('palette.placeholder'),
        'aria-label': t('palette.placeholder'),
      }}
    />
  )
}

function grouped(actions: Action[]): SpotlightActionGroupData[] {
  const groups = new Map<string, SpotlightActionData[]>()
  for (const action of actions) {
    if (action.isHidden) continue
    groups.set(action.group, [...(groups.get(action.group) ?? []), toSpotlight(action)])
  }
  return [...groups].map(([group, list]) => ({ group, actions: list }))
}

function toSpotlight({ id, label, icon: Sign, shortcut, keywords, perform }: Action): SpotlightActionData {
  const keys = shortcut && shortcutOf(shortcut).keys[0]
  return {
    id,
    label,
    keywords,
    onClick: perform,
    leftSection: Sign && <Sign size={18} stroke={1.6} aria-hidden />,
    rightSection: keys && <Keys keys={keys} />,
  }
}
