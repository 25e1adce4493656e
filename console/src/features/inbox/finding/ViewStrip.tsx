/** The views under the tabs, each with how many conversations it shows now. */
import { ActionIcon } from '@mantine/core'
import { Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { formatNumber } from '@/shared/lib/dates'
import { later } from '@/shared/lib/later'
import { Hint } from '@/shared/ui/Hint'
import { IconViews } from '@/shared/ui/icons'
import { useListAddress } from '../useInboxAddress'
import { isSameFilter } from './filter'
import classes from './finding.module.css'
import { useViews, type View } from './views'

const ViewsDrawer = later(() => import('./ViewsDrawer'), 'ViewsDrawer')

export function ViewStrip() {
  const { t } = useTranslation('finding')
  const { search } = useListAddress()
  const { views, cap } = useViews()
  const choose = useChooseView()
  const [isManaging, setManaging] = useState(false)
  const chosen = useRef<HTMLButtonElement>(null)
  useFollowView(views)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one was chosen, perhaps by a link
  useEffect(() => {
    void chosen.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [search.view])
  // What everybody has is shown where there is something in it.
  const shown = views.filter(({ kind, count, key }) => kind !== 'preset' || count > 0 || key === search.view)
  return (
    <nav className={classes.strip} aria-label={t('views')}>
      <div className={classes.views}>
        {shown.map((view) => (
          <button
            key={view.key}
            ref={view.key === search.view ? chosen : undefined}
            type="button"
            className={classes.view}
            aria-pressed={view.key === search.view}
            onClick={() => choose(view)}
            data-testid={`view-${view.key}`}
          >
            {view.color && <span className={classes.dot} style={{ background: view.color }} />}
            <span className="hd-ellipsis">{view.name}</span>
            <ViewCount view={view} cap={cap} />
          </button>
        ))}
      </div>
      <Hint label={t('manage')}>
        <ActionIcon
          size={28}
          aria-label={t('manage')}
          onClick={() => setManaging(true)}
          data-testid="manage-views"
        >
          <IconViews size={17} aria-hidden />
        </ActionIcon>
      </Hint>
      <Suspense>{isManaging && <ViewsDrawer onClose={() => setManaging(false)} />}</Suspense>
    </nav>
  )
}

export function ViewCount({ view: { count, unread }, cap }: { view: View; cap: number }) {
  const { t } = useTranslation('finding')
  return (
    <span className={classes.count} data-unread={unread > 0 || undefined}>
      <span aria-hidden>{count >= cap ? `${formatNumber(cap - 1)}+` : formatNumber(count)}</span>
      <span className="hd-hidden">
        {t('countOf', { count, shown: formatNumber(count) })}
        {unread > 0 && `, ${t('unreadOf', { count: unread })}`}
      </span>
    </span>
  )
}

/** Shows the view, or leaves it when it is the one that is shown. */
export function useChooseView(): (view: View) => void {
  const { search, change, openTab } = useListAddress()
  return ({ key, filter, sort }) =>
    key === search.view
      ? openTab('mine')
      : change({
          tab: 'any',
          view: key,
          filter,
          sort: sort === 'newest' ? undefined : sort,
          search: undefined,
        })
}

/** Somebody changed the view that is on screen: it follows, unless it was changed here as well. */
function useFollowView(views: readonly View[]): void {
  const { search, change } = useListAddress()
  const view = views.find(({ key }) => key === search.view)
  const known = useRef<View>(undefined)
  useEffect(() => {
    const before = known.current
    known.current = view
    if (!view || before?.key !== view.key || isSameFilter(before.filter, view.filter)) return
    if (isSameFilter(before.filter, search.filter)) change({ filter: view.filter }, { replace: true })
  }, [view, search.filter, change])
}
