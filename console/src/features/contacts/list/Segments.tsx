/** Segments as a row of buttons with their counts; one is chosen, or everybody. */
import { ActionIcon } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Segment } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatNumber } from '@/shared/lib/dates'
import { useCan, useMe } from '@/shared/session/store'
import { IconEdit } from '@/shared/ui/icons'
import { segmentCountsQuery, segmentsQuery } from '../queries'
import classes from './list.module.css'
import { SegmentDrawer } from './SegmentDrawer'

interface SegmentsProps {
  chosen: number | undefined
  onChoose: (segment: number | undefined) => void
}

export function Segments({ chosen, onChoose }: SegmentsProps) {
  const { t } = useTranslation('contacts')
  const { data: segments = [] } = useQuery(segmentsQuery)
  const counts = useQuery(segmentCountsQuery).data
  const [edited, setEdited] = useState<Segment | null>(null)
  const mayEdit = useMayEdit()
  const current = segments.find(({ id }) => id === chosen)
  if (segments.length === 0) return null
  return (
    <nav className={classes.chips} aria-label={t('segments.title')}>
      <button
        type="button"
        className={classes.chip}
        aria-pressed={chosen === undefined}
        data-chosen={chosen === undefined || undefined}
        onClick={() => onChoose(undefined)}
      >
        {t('segments.all')}
      </button>
      {segments.map(({ id, name, color }) => (
        <button
          key={id}
          type="button"
          className={classes.chip}
          aria-pressed={id === chosen}
          data-chosen={id === chosen || undefined}
          onClick={() => onChoose(id)}
        >
          <span className={classes.dot} style={{ background: color }} />
          {name}
          {counts && <span className={classes.count}>{countOf(counts.of.get(id), counts.cap)}</span>}
        </button>
      ))}
      {current && mayEdit(current) && (
        <ActionIcon
          size={32}
          aria-label={t('segments.edit', { name: current.name })}
          onClick={() => setEdited(current)}
        >
          <IconEdit size={16} aria-hidden />
        </ActionIcon>
      )}
      {edited && (
        <SegmentDrawer
          segment={edited}
          onClose={() => setEdited(null)}
          onDeleted={() => onChoose(undefined)}
        />
      )}
    </nav>
  )
}

/** One's own, and the company's for those who write these. */
export function useMayEdit(): (segment: Segment) => boolean {
  const { user } = useMe()
  const mayShare = useCan('views.write')
  return ({ owner }) => (owner === null ? mayShare : owner === user.id)
}

function countOf(count: number | undefined, cap: number): string {
  if (count === undefined) return ''
  return count >= cap ? `${formatNumber(cap)}+` : formatNumber(count)
}
