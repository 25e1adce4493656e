/** What can be done with all that is chosen. */
import { ActionIcon, Button } from '@mantine/core'
import { Suspense, useState } from 'react'
import { useActions } from '@/shared/actions/registry'
import { type ShortcutId, shortcutOf } from '@/shared/actions/shortcuts'
import type { Permission } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatNumber } from '@/shared/lib/dates'
import { keyText } from '@/shared/lib/hotkeys'
import { later } from '@/shared/lib/later'
import { useMe } from '@/shared/session/store'
import { Hint } from '@/shared/ui/Hint'
import {
  type Icon,
  IconChecks,
  IconDone,
  IconFlag,
  IconPostponed,
  IconTag,
  IconTagOff,
  IconTransfer,
  IconUnread,
  IconX,
} from '@/shared/ui/icons'
import type { TicketFilter } from '../data/belongs'
import { useBulkAct } from './acts'
import type { Asked } from './BulkDialog'
import classes from './bulk.module.css'
import { useMatching } from './matching'
import { clearSelection, selectRows, sizeOf, useSelection } from './selection'

const BulkDialog = later(() => import('./BulkDialog'), 'BulkDialog')

interface Tool {
  verb: Asked | 'read' | 'unread'
  icon: Icon
  needs: Permission
  shortcut?: ShortcutId
}

const TOOLS: readonly Tool[] = [
  { verb: 'transfer', icon: IconTransfer, needs: 'tickets.transfer', shortcut: 'transfer' },
  { verb: 'close', icon: IconDone, needs: 'tickets.close', shortcut: 'closeTicket' },
  { verb: 'tag', icon: IconTag, needs: 'tickets.write', shortcut: 'tags' },
  { verb: 'untag', icon: IconTagOff, needs: 'tickets.write' },
  { verb: 'priority', icon: IconFlag, needs: 'tickets.write', shortcut: 'priority' },
  { verb: 'snooze', icon: IconPostponed, needs: 'tickets.write', shortcut: 'snooze' },
  { verb: 'read', icon: IconChecks, needs: 'tickets.write' },
  { verb: 'unread', icon: IconUnread, needs: 'tickets.write', shortcut: 'markUnread' },
]

interface BulkBarProps {
  filter: TicketFilter
  shown: readonly number[]
}

export function BulkBar({ filter, shown }: BulkBarProps) {
  const { t } = useTranslation('finding')
  const me = useMe()
  const selection = useSelection()
  const matching = useMatching(filter)
  const act = useBulkAct()
  const [asked, setAsked] = useState<Asked | null>(null)
  const size = sizeOf(selection)
  const tools = TOOLS.filter(({ needs }) => me.permissions.includes(needs))
  const perform = (verb: Tool['verb']) =>
    verb === 'read' || verb === 'unread' ? act.mutate({ action: verb }) : setAsked(verb)
  // As long as something is chosen, the keys mean that, and not the conversation that is open.
  useActions([
    ...tools.map(({ verb, icon, shortcut }) => ({
      id: `bulk.${verb}`,
      label: t(`acts.${verb}`),
      group: t('selected', { count: size, shown: formatNumber(size) }),
      icon,
      ...(shortcut && { shortcut }),
      isFirst: true,
      perform: () => perform(verb),
    })),
    {
      id: 'bulk.clear',
      label: t('clearSelection'),
      group: t('views'),
      shortcut: 'close' as const,
      isHidden: true,
      isFirst: true,
      perform: clearSelection,
    },
  ])
  const isEverything = selection.everything !== null
  const hasMore = matching !== undefined && matching.count > shown.length

  return (
    <section className={classes.bar} aria-label={t('bulk')} data-testid="bulk-bar">
      <div className={classes.head}>
        <ActionIcon size={28} aria-label={t('clearSelection')} onClick={clearSelection}>
          <IconX size={17} aria-hidden />
        </ActionIcon>
        <strong role="status" data-testid="bulk-size">
          {t('selected', { count: size, shown: formatNumber(size) })}
        </strong>
        {!isEverything && selection.ids.length < shown.length && (
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => selectRows(shown)}
            data-testid="select-shown"
          >
            {t('selectShown', { count: shown.length, shown: formatNumber(shown.length) })}
          </Button>
        )}
        {!isEverything && hasMore && selection.ids.length >= shown.length && (
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() =>
              useSelection.setState({ ids: [], left: [], everything: { filter, count: matching.count } })
            }
            data-testid="select-everything"
          >
            {t('selectEverything', { count: matching.count, shown: formatNumber(matching.count) })}
          </Button>
        )}
      </div>
      <div className={classes.tools} role="toolbar" aria-label={t('bulk')}>
        {tools.map(({ verb, icon: Sign, shortcut }) => {
          const key = shortcut && keyText(shortcutOf(shortcut).keys[0])
          return (
            <Hint key={verb} label={[t(`acts.${verb}`), key].filter(Boolean).join('  ')}>
              <ActionIcon
                size={34}
                aria-label={t(`acts.${verb}`)}
                loading={act.isPending && act.variables?.action === verb}
                onClick={() => perform(verb)}
                data-testid={`bulk-${verb}`}
              >
                <Sign size={18} aria-hidden />
              </ActionIcon>
            </Hint>
          )
        })}
      </div>
      <Suspense>
        {asked && (
          <BulkDialog
            asked={asked}
            size={size}
            isBusy={act.isPending}
            onAct={(what) => act.mutate(what, { onSettled: () => setAsked(null) })}
            onClose={() => setAsked(null)}
          />
        )}
      </Suspense>
    </section>
  )
}
