/** Above the list: the search, the filter in words, and what to keep of it. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { IconFilter } from '@/shared/ui/icons'
import { toast } from '@/shared/ui/toast'
import { FilterDrawer } from '../filter/FilterDrawer'
import { FilterSummary } from '../filter/FilterSummary'
import { type Filter, isSame, savedFilter } from '../filter/filter'
import { segmentsQuery, useSaveSegment } from '../queries'
import type { ContactsSearch } from '../search'
import classes from './list.module.css'
import { SearchField } from './SearchField'
import { SegmentDrawer } from './SegmentDrawer'
import { useMayEdit } from './Segments'

interface ToolbarProps {
  search: ContactsSearch
  onChange: (search: ContactsSearch) => void
}

export function Toolbar({ search, onChange }: ToolbarProps) {
  const { t } = useTranslation('contacts')
  const [isOpen, setOpen] = useState(false)
  const { data: segments = [] } = useQuery(segmentsQuery)
  const segment = segments.find(({ id }) => id === search.segment)
  const filter = search.filter ?? (segment && savedFilter(segment.filter))
  function apply(next: Filter | undefined): void {
    setOpen(false)
    const { filter: _before, segment: id, ...rest } = search
    // The segment's own filter needs no second place in the address; without any filter it is not that segment.
    if (segment && next && isSame(next, savedFilter(segment.filter)))
      onChange({ ...rest, segment: segment.id })
    else onChange({ ...rest, ...(next && { filter: next, ...(id && { segment: id }) }) })
  }
  return (
    <>
      <div className={classes.bar}>
        <SearchField
          search={search.search ?? ''}
          onSearch={(text) => {
            const { search: _before, ...rest } = search
            onChange({ ...rest, ...(text && { search: text }) })
          }}
        />
        <Button
          variant="default"
          leftSection={<IconFilter size={16} />}
          onClick={() => setOpen(true)}
          data-testid="contact-filter"
        >
          {t('filter.button')}
        </Button>
      </div>
      {filter && (
        <div className={classes.summary}>
          <FilterSummary filter={filter} onChange={apply}>
            {search.filter && <Keep search={search} onChange={onChange} />}
          </FilterSummary>
        </div>
      )}
      {isOpen && <FilterDrawer filter={filter} onApply={apply} onClose={() => setOpen(false)} />}
    </>
  )
}

/** A filter worth keeping becomes a segment, or the new filter of the segment that it came from. */
function Keep({ search, onChange }: ToolbarProps) {
  const { t } = useTranslation('contacts')
  const errorText = useErrorText()
  const [isNaming, setNaming] = useState(false)
  const { data: segments = [] } = useQuery(segmentsQuery)
  const mayEdit = useMayEdit()
  const segment = segments.find(({ id }) => id === search.segment) ?? null
  const save = useSaveSegment(segment)
  const show = (id: number) => onChange({ segment: id })
  function update(): void {
    if (!segment || !search.filter) return
    const { name, color, is_shared } = segment
    const values = { name, color, is_shared, sort: search.sort ?? segment.sort }
    save.mutate(
      { ...values, filter: search.filter as Record<string, unknown> },
      {
        onSuccess: ({ id }) => show(id),
        onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
      },
    )
  }
  return (
    <>
      {segment && mayEdit(segment) && (
        <Button size="compact-sm" variant="subtle" loading={save.isPending} onClick={update}>
          {t('segments.update', { name: segment.name })}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" onClick={() => setNaming(true)}>
        {t('segments.keep')}
      </Button>
      {isNaming && (
        <SegmentDrawer
          segment={null}
          filter={search.filter}
          sort={search.sort}
          onClose={() => setNaming(false)}
          onSaved={({ id }) => show(id)}
        />
      )}
    </>
  )
}
