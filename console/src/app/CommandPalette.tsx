/** Everything that can be done now, and the conversations and contacts of the company, found by typing. */
import '@mantine/spotlight/styles.css'
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight'
import { useEffect, useMemo, useRef, useState } from 'react'
import { type Action, activeActions, useRegistry } from '@/shared/actions/registry'
import { shortcutOf } from '@/shared/actions/shortcuts'
import { useTranslation } from '@/shared/i18n/translate'
import { openSearch } from '@/shared/search/overlay'
import { IconSearch } from '@/shared/ui/icons'
import classes from './CommandPalette.module.css'
import { useFound } from './found'
import { Keys } from './Keys'
import { spotlight, spotlightStore } from './palette'
import { useFoundGroups } from './useFoundGroups'

const LIMIT = 30

export function CommandPalette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('app')
  const [query, setQuery] = useState('')
  const hasMoved = useRef(false)
  const sets = useRegistry((state) => state.sets)
  const actions = useMemo(() => matching(activeActions(sets), query), [sets, query])
  const found = useFound(query)
  const others = useFoundGroups(found)
  // A name is rarely the name of a command; a command that matches is what was meant.
  const groups = [...grouped(actions), ...others]
  const words = query.trim()
  useEffect(() => spotlight.open(), [])
  useEffect(() => keepChoice(query, hasMoved.current))
  return (
    <Spotlight.Root
      store={spotlightStore}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      scrollable
      centered={false}
      classNames={{ content: classes.palette, actionsList: classes.list }}
      styles={{ inner: { left: 0 } }}
      yOffset={88}
      maxHeight={460}
      overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}
      attributes={{ content: { 'aria-label': t('palette.name') } }}
    >
      <Spotlight.Search
        leftSection={<IconSearch size={18} aria-hidden />}
        onKeyDownCapture={({ key }) => {
          keepChoice(query, hasMoved.current)
          hasMoved.current = key === 'ArrowDown' || key === 'ArrowUp'
        }}
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
      />
      <Spotlight.ActionsList>
        {groups.map(({ group, actions: list }) => (
          <Spotlight.ActionsGroup key={group} label={group}>
            {list.map(({ id, ...action }) => (
              <Spotlight.Action key={id} highlightQuery {...action} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && !found.isSearching && !found.error && (
          <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>
        )}
        {words && (
          <Spotlight.Action
            label={t('palette.searchFor', { words })}
            leftSection={<IconSearch size={18} stroke={1.6} aria-hidden />}
            onClick={() => openSearch(words)}
          />
        )}
        {found.error !== null && (
          <Spotlight.Action
            label={t('palette.failed')}
            closeSpotlightOnTrigger={false}
            onClick={found.retry}
          />
        )}
      </Spotlight.ActionsList>
      <div className={classes.foot} role="status">
        {found.isSearching ? t('palette.searching') : t('palette.hint')}
      </div>
    </Spotlight.Root>
  )
}

/**
 * What arrives late is not known to the library, and Enter would do nothing or the wrong thing: until somebody
 * moves, the first line is the chosen one.
 */
function keepChoice(query: string, hasMoved: boolean): void {
  const list = document.getElementById(spotlightStore.getState().listId)
  if (!query || !list) return
  const actions = [...list.querySelectorAll('[data-action]')]
  const chosen = actions.findIndex((action) => action.hasAttribute('data-selected'))
  const selected = hasMoved ? Math.max(chosen, 0) : 0
  if (chosen !== selected) actions[chosen]?.removeAttribute('data-selected')
  actions[selected]?.setAttribute('data-selected', 'true')
  if (spotlightStore.getState().selected !== selected)
    spotlightStore.updateState((state) => ({ ...state, selected }))
}

/**
 * Each word that was typed begins one of the label or its keywords; accents do not matter. Not of the group:
 * that is a contact's name, and who types a name must not close the conversation with Enter.
 */
function matching(actions: Action[], query: string): Action[] {
  const words = plain(query).split(/\s+/)
  const isMatch = ({ label, keywords = '' }: Action) => {
    const text = ` ${plain(`${label} ${keywords}`)}`
    return words.every((word) => text.includes(` ${word}`))
  }
  return actions.filter((action) => !action.isHidden && isMatch(action)).slice(0, LIMIT)
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

function grouped(actions: Action[]): SpotlightActionGroupData[] {
  const groups = new Map<string, SpotlightActionData[]>()
  for (const action of actions)
    groups.set(action.group, [...(groups.get(action.group) ?? []), toSpotlight(action)])
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
