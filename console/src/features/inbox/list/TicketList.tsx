/** The list: only the lines in sight exist, the next page comes before its end is reached. */
import { Button } from '@mantine/core'
import { createContext, lazy, Suspense, use, useCallback, useEffect, useMemo, useRef } from 'react'
import { type CustomItemComponentProps, Virtualizer, type VirtualizerHandle } from 'virtua'
import { useTranslation } from '@/shared/i18n/translate'
import { Failed, Loading } from '@/shared/ui/states'
import { usePins } from '../data/acts'
import type { TicketFilter } from '../data/belongs'
import { useTicketList } from '../data/lists'
import { useBulkJob } from '../finding/jobs'
import { useIsSelecting } from '../finding/selection'
import { useInboxAddress } from '../useInboxAddress'
import { ListEmpty } from './ListEmpty'
import classes from './ListPane.module.css'
import { ROW_HEIGHT, TicketRow } from './TicketRow'
import { useListKeys } from './useListKeys'
import { useSelecting } from './useSelecting'

const BulkBar = lazy(() => import('../finding/BulkBar').then((module) => ({ default: module.BulkBar })))
const JobCard = lazy(() => import('../finding/JobCard').then((module) => ({ default: module.JobCard })))

const AHEAD = 15
const NONE: readonly number[] = []

/** How many rows there are, for screen readers; -1 while more may come. */
const Total = createContext(-1)

interface TicketListProps {
  filter: TicketFilter
  onNew?: () => void
}

export function TicketList({ filter, onNew }: TicketListProps) {
  const { t } = useTranslation('inbox')
  const { search, openTicket } = useInboxAddress()
  const { data, error, isPending, refetch, loadMore } = useTicketList(filter)
  const pins = usePins()
  const ids = useMemo(() => pinnedFirst(data?.ids ?? NONE, pins), [data?.ids, pins])
  const list = useRef<VirtualizerHandle>(null)
  const frame = useRef<HTMLDivElement>(null)
  const hasMore = data?.cursor != null
  const focused = useListKeys({ ids, list, frame })
  const pick = useSelecting({ filter, ids, focused })
  const isSelecting = useIsSelecting()
  const hasJob = useBulkJob(({ job }) => job !== null)
  const more = useCallback(() => {
    const view = list.current
    if (!view || !hasMore) return
    const last = view.findItemIndex(view.scrollOffset + view.viewportSize)
    if (last >= ids.length - AHEAD) void loadMore()
  }, [ids.length, hasMore, loadMore])
  useEffect(more, [more])
  // Another list starts at its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the filter changes
  useEffect(() => {
    void list.current?.scrollTo(0)
  }, [filter])
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
      >
        {isPending && <Loading rows={9} height={ROW_HEIGHT} />}
        {error && !data && <Failed error={error} onRetry={() => void refetch()} />}
        {data && ids.length === 0 && <ListEmpty filter={filter} onNew={onNew} />}
        {ids.length > 0 && (
          <Total value={hasMore ? -1 : ids.length}>
            <Virtualizer
              ref={list}
              data={ids}
              as="ul"
              item={Item}
              itemSize={ROW_HEIGHT}
              scrollRef={frame}
              onScroll={more}
              bufferSize={300}
            >
              {(id) => (
                <TicketRow
                  key={id}
                  id={id}
                  isOpen={id === search.ticket}
                  isTabStop={id === tabStop}
                  tab={filter.tab}
                  onOpen={openTicket}
                  onPick={pick}
                />
              )}
            </Virtualizer>
          </Total>
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

/** What one pinned oneself stays on top of every list that has it. */
function pinnedFirst(ids: readonly number[], pins: readonly number[]): readonly number[] {
  const pinned = pins.filter((id) => ids.includes(id))
  return pinned.length === 0 ? ids : [...pinned, ...ids.filter((id) => !pinned.includes(id))]
}

function Item({ index, style, children, ref }: CustomItemComponentProps) {
  return (
    <li ref={ref} style={style} aria-posinset={index + 1} aria-setsize={use(Total)}>
      {children}
    </li>
  )
}
