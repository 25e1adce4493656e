/** Mine, waiting, all, closed: with how many, and a filled badge where unread messages are. */
import { type KeyboardEvent, useRef } from 'react'
import { useActions } from '@/shared/actions/registry'
import type { TicketCounts } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatNumber } from '@/shared/lib/dates'
import { useCounts } from '../data/counts'
import { TABS, type Tab } from '../search'
import { useListAddress } from '../useInboxAddress'
import classes from './ListPane.module.css'

const SHORTCUTS = { mine: 'tabMine', waiting: 'tabWaiting', all: 'tabAll', closed: 'tabClosed' } as const

export function Tabs() {
  const { t } = useTranslation('inbox')
  const { tab, openTab: choose } = useListAddress()
  const counts = useCounts()
  const list = useRef<HTMLDivElement>(null)
  useActions(
    TABS.map((name) => ({
      id: `inbox.tab.${name}`,
      label: t(`tabs.${name}`),
      group: t('title'),
      shortcut: SHORTCUTS[name],
      perform: () => choose(name),
    })),
  )
  function onKeyDown(event: KeyboardEvent): void {
    const move = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const next = TABS[TABS.indexOf(tab as (typeof TABS)[number]) + move]
    if (!move || !next) return
    event.preventDefault()
    choose(next)
    list.current?.querySelector<HTMLElement>(`[data-testid=tab-${next}]`)?.focus()
  }
  return (
    <div ref={list} className={classes.tabs} role="tablist" aria-label={t('tabs.name')} onKeyDown={onKeyDown}>
      {TABS.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={name === tab}
          aria-controls="ticket-list"
          tabIndex={name === (tab === 'any' ? 'mine' : tab) ? 0 : -1}
          className={classes.tab}
          data-testid={`tab-${name}`}
          onClick={() => choose(name)}
        >
          {t(`tabs.${name}`)}
          <Count counts={counts} tab={name} />
        </button>
      ))}
    </div>
  )
}

function Count({ counts, tab }: { counts: TicketCounts | undefined; tab: Tab }) {
  const { t } = useTranslation('inbox')
  if (!counts || tab === 'closed' || tab === 'any') return null
  const total = counts[tab]
  const unread = tab === 'mine' ? counts.mine_unread : tab === 'waiting' ? counts.waiting_unread : 0
  if (total === 0) return null
  return (
    <span className={classes.count} data-unread={unread > 0 || undefined}>
      {total > 999 ? '999+' : formatNumber(total)}
      {unread > 0 && <span className="hd-hidden">, {t('list.unreadOf', { count: unread })}</span>}
    </span>
  )
}
