/** Every scheduled message that one may see: what is to come, and what became of the rest. */
import { Button, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useActions } from '@/shared/actions/registry'
import type { ScheduledMessage } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { IconCalendarClock, IconPlus } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import { NewScheduleDrawer } from './NewScheduleDrawer'
import { ENDED, OPEN, schedulesQuery } from './queries'
import { ScheduleDrawer } from './ScheduleDrawer'
import { ScheduleTable } from './ScheduleTable'

export function SchedulesPage() {
  const { t } = useTranslation('schedules')
  const canRead = useCan('tickets.read')
  const canWrite = useCan('tickets.write')
  const [which, setWhich] = useState<'open' | 'ended'>('open')
  const [opened, setOpened] = useState<ScheduledMessage | 'new' | null>(null)
  useActions(
    canWrite
      ? [
          {
            id: 'schedules.add',
            label: t('add'),
            group: t('title'),
            icon: IconPlus,
            perform: () => setOpened('new'),
          },
        ]
      : [],
  )
  const add = canWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setOpened('new')}>
      {t('add')}
    </Button>
  )
  return (
    <Page title={t('title')} description={t('text')} actions={add}>
      {canRead ? (
        <>
          <SegmentedControl
            mb="md"
            aria-label={t('state')}
            data={[
              { value: 'open', label: t('open') },
              { value: 'ended', label: t('ended') },
            ]}
            value={which}
            onChange={(value) => setWhich(value as 'open' | 'ended')}
          />
          <Rows key={which} which={which} onOpen={setOpened} />
        </>
      ) : (
        <NoPermission />
      )}
      {opened === 'new' && <NewScheduleDrawer onClose={() => setOpened(null)} />}
      {opened && opened !== 'new' && <ScheduleDrawer row={opened} onClose={() => setOpened(null)} />}
    </Page>
  )
}

interface RowsProps {
  which: 'open' | 'ended'
  onOpen: (row: ScheduledMessage) => void
}

function Rows({ which, onOpen }: RowsProps) {
  const { t } = useTranslation('schedules')
  const schedules = useInfiniteQuery(schedulesQuery(which === 'open' ? OPEN : ENDED))
  if (schedules.isPending) return <Loading />
  if (schedules.isError) return <Failed error={schedules.error} onRetry={() => void schedules.refetch()} />
  const read = schedules.data.pages.flatMap(({ results }) => results)
  // The newest come first from the server; what is to come is read in the order in which it comes.
  const rows =
    which === 'open' ? read.sort((a, b) => (a.next_at ?? '9').localeCompare(b.next_at ?? '9')) : read
  if (rows.length === 0) {
    return (
      <Empty icon={IconCalendarClock} title={t(`empty.${which}`)}>
        {t('emptyText')}
      </Empty>
    )
  }
  return (
    <>
      <ScheduleTable rows={rows} onOpen={onOpen} />
      {schedules.hasNextPage && (
        <Button
          mt="md"
          variant="default"
          loading={schedules.isFetchingNextPage}
          onClick={() => void schedules.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
    </>
  )
}
