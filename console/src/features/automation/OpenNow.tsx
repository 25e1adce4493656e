/** Whether it is open now by these hours, saved or not, and until when. */
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import { useTranslation } from '@/shared/i18n/translate'
import { useMe } from '@/shared/session/store'
import { IconClock } from '@/shared/ui/icons'
import classes from './automation.module.css'
import { momentText } from './moments'
import type { HoursValues } from './queries'

export function OpenNow({ hours }: { hours: Omit<HoursValues, 'name'> }) {
  const { t, language } = useTranslation('automation')
  const { company } = useMe()
  const { timezone, weekly } = hours
  const [draft] = useDebouncedValue(
    { timezone, weekly, holidays: hours.holidays.filter(({ date }) => date) },
    300,
  )
  const { data } = useQuery({
    queryKey: ['hours', 'now', draft],
    queryFn: () => call(api.POST('/api/hours/preview/', { body: draft })),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
    retry: false,
  })
  if (!data) return <span className={classes.now} />
  const changesAt = data.is_open ? data.closes_at : data.opens_at
  const at = changesAt && momentText(changesAt, timezone || company?.timezone || 'UTC', language)
  return (
    <span className={classes.now} data-open={data.is_open || undefined}>
      <IconClock size={14} aria-hidden />
      {at && t(data.is_open ? 'hours.openUntil' : 'hours.closedUntil', { at })}
      {!at && t(data.is_open ? 'hours.always' : 'hours.never')}
    </span>
  )
}
