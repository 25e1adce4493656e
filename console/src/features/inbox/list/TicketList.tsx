/** The list: only the lines in sight exist, the next page comes before its end is reached. */
import { Button } from '@mantine/core'
import { Suspense, useCallback, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { later } from '@/shared/lib/later'
import { Failed, Loading } from '@/shared/ui/states'
import { usePins } from '../data/acts'
import type { TicketFilter } from '../data/belongs'
import { useTicketList } from '../data/lists'
import { readAhead, readAheadOnce } from '../data/threads'
import { useBulkJob } from '../finding/jobs'
import { useIsSelecting } from '../finding/selection'
import { useInboxAddress } from '../useInboxAddress'
import { ListEmpty } from './ListEmpty'
import classes from './ListPane.module.css'
import { ROW_HEIGHT, TicketRow } from './TicketRow'
import { useListKeys } from './useListKeys'
import { useRowsInSight } from './useRowsInSight'
import { useSelecting } from './useSelecting'

const BulkBar = later(() => import('../finding/BulkBar'), 'BulkBar')
const JobCard = later(() => import('../finding/JobCard'), 'JobCard')

const AHEAD = 15
const SOON = 600
const NONE: readonly number[] = []

interface TicketListProps {
  filter: TicketFilter
  onNew?: () => void
}

export function TicketList({ filter, onNew }: TicketListProps) {
  const { t } = useTranslation('inbox')
  const { search, openTicket: goTo } = useInboxAddress()
  const openTicket = useCallback(
    (id: number) => {
      readAhead(id)
      goTo(id)
    },
    [goTo],
  )
  const { data, error, isPending, refetch, loadMore } = useTicketList(filter)
  const pins = usePins()
  const ids = useMemo(() => pinnedFirst(data?.ids ?? NONE, pins), [data?.ids, pins])
  const frame = useRef<HTMLDivElement>(null)
  const hasMore = data?.cursor != null
  const { first, end, look, reveal } = useRowsInSight(frame, ROW_HEIGHT)
  const focused = useListKeys({ ids, reveal, frame })
  const pick = useSelecting({ filter, ids, focused })
  const isSelecting = useIsSelecting()
  const hasJob = useBulkJob(({ job }) => job !== null)
  const more = useCallback(() => {
    const box = frame.current
    if (!box || !hasMore) return
    const last = Math.floor((box.scrollTop + box.clientHeight) / ROW_HEIGHT)
    if (last >= ids.length - AHEAD) void loadMore()
  }, [ids.length, hasMore, loadMore])
  useEffect(more, [more])
  // Another list starts at its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the filter changes
  useEffect(() => {
    void frame.current?.scrollTo(0, 0)
  }, [filter])
  useReadAhead(ids, search.ticket)
  const tabStop = focused ?? search.ticket ?? ids[0]
  return (
    <>
      <Suspense>{isSelecting && <BulkBar filter={filter} shown={ids} />}</Suspense>
      <div
        ref={frame}
        id="ticket-list"
        role="tabpanel"
        aria-label={filter.tab === 'any' ? t('list.view') : t(`tabs.${filter.tab}`)}
        className={classes.scroll}
        data-selecting={isSelecting || undefined}
        onScroll={() => {
          look()
          more()
        }}
      >
        {isPending && <Loading rows={9} height={ROW_HEIGHT} />}
        {error && !data && <Failed error={error} onRetry={() => void refetch()} />}
        {data && ids.length === 0 && <ListEmpty filter={filter} onNew={onNew} />}
        {ids.length > 0 && (
          <ul style={{ height: ids.length * ROW_HEIGHT }}>
            {ids.slice(first, end).map((id, index) => (
              // How many rows there are, for screen readers; -1 while more may come.
              <li
                key={id}
                style={{ top: (first + index) * ROW_HEIGHT }}
                aria-posinset={first + index + 1}
                aria-setsize={hasMore ? -1 : ids.length}
              >
                <TicketRow
                  id={id}
                  isOpen={id === search.ticket}
                  isTabStop={id === tabStop}
                  tab={filter.tab}
                  onOpen={openTicket}
                  onPick={pick}
                />
              </li>
            ))}
          </ul>
        )}
        {error && data && (
          <div className={classes.more}>
            <Button size="compact-xs" variant="default" onClick={() => void refetch()}>
              {t('list.retry')}
            </Button>
          </div>
        )}
      </div>
      <Suspense>{hasJob && <JobCard />}</Suspense>
    </>
  )
}

/** The conversations next to the open one open as fast as those that were read. */
function useReadAhead(ids: readonly number[], open: number | undefined): void {
  const shown = useRef(ids)
  shown.current = ids
  useEffect(() => {
    if (open === undefined) return
    const timer = setTimeout(() => {
      const place = shown.current.indexOf(open)
      if (place === -1) return
      for (const step of [1, -1]) readAheadOnce(shown.current[place + step])
    }, SOON)
    return () => clearTimeout(timer)
  }, [open])
}

/** What one pinned oneself stays on top of every list that has it. */
function pinnedFirst(ids: readonly number[], pins: readonly number[]): readonly number[] {
  const pinned = pins.filter((id) => ids.includes(id))
  return pinned.length === 0 ? ids : [...pinned, ...ids.filter((id) => !pinned.includes(id))]
}
