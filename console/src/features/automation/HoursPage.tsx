/** When the company answers: which hours count, and the calendars themselves. */
import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Hours } from '@/shared/api/types'
import { hoursQuery } from '@/shared/directory/queries'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { DataTable } from '@/shared/ui/DataTable'
import { IconCalendarClock, IconPlus } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Section } from '@/shared/ui/Section'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { toast } from '@/shared/ui/toast'
import classes from './automation.module.css'
import { HoursDrawer } from './HoursDrawer'
import { OpenNow } from './OpenNow'
import { type OptionValues, optionsQuery, useChangeOptions } from './queries'
import { weekHours } from './week'

const LEVELS = ['off', 'company', 'connection', 'queue'] as const

export function HoursPage() {
  const { t } = useTranslation('automation')
  const canWrite = useCan('automation.write')
  const hours = useQuery(hoursQuery)
  const options = useQuery(optionsQuery)
  const [edited, setEdited] = useState<Hours | 'new' | null>(null)
  const failed = [hours, options].find(({ isError }) => isError)
  const add = canWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
      {t('hours.add')}
    </Button>
  )
  return (
    <Page title={t('hours.title')} description={t('hours.text')} actions={add}>
      {failed && (
        <Failed error={failed.error} onRetry={() => void Promise.all([hours.refetch(), options.refetch()])} />
      )}
      {!failed && (hours.isPending || options.isPending) && <Loading rows={4} />}
      {hours.data && options.data && (
        <>
          <WhichCount hours={hours.data} options={options.data} />
          <Calendars hours={hours.data} onOpen={setEdited} add={add} />
        </>
      )}
      {edited && <HoursDrawer hours={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Page>
  )
}

function WhichCount({ hours, options }: { hours: Hours[]; options: OptionValues }) {
  const { t } = useTranslation('automation')
  const canWrite = useCan('company.write')
  const errorText = useErrorText()
  const change = useChangeOptions()
  const save = (changes: OptionValues) =>
    change.mutate(changes, {
      onSuccess: () => void toast({ message: t('settingsSaved') }),
      onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
    })
  const level = String(options.hours_of ?? 'off')
  return (
    <Section title={t('hours.which')} description={t(`hours.levelTexts.${level}`)}>
      <div className={classes.row}>
        <NativeSelect
          label={t('hours.level')}
          disabled={!canWrite}
          value={level}
          data={LEVELS.map((value) => ({ value, label: t(`hours.levels.${value}`) }))}
          onChange={(event) => save({ hours_of: event.currentTarget.value })}
        />
        {level !== 'off' && (
          <NativeSelect
            label={t('hours.ofCompany')}
            disabled={!canWrite}
            value={String(options.hours ?? 0)}
            data={[
              { value: '0', label: t('hours.always') },
              ...hours.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            onChange={(event) => save({ hours: Number(event.currentTarget.value) })}
          />
        )}
      </div>
    </Section>
  )
}

interface CalendarsProps {
  hours: Hours[]
  onOpen: (hours: Hours) => void
  add: React.ReactNode
}

function Calendars({ hours, onOpen, add }: CalendarsProps) {
  const { t } = useTranslation('automation')
  if (hours.length === 0) {
    return (
      <Empty icon={IconCalendarClock} title={t('hours.empty')} action={add}>
        {t('hours.emptyText')}
      </Empty>
    )
  }
  return (
    <div className={classes.below}>
      <DataTable
        caption={t('hours.title')}
        rows={hours}
        rowKey={({ id }) => id}
        onOpen={onOpen}
        hasLabels
        columns={[
          { key: 'name', header: t('name'), cell: ({ name }) => name },
          { key: 'now', header: t('hours.now'), cell: (row) => <OpenNow hours={row} /> },
          {
            key: 'week',
            header: t('hours.perWeek'),
            cell: ({ weekly }) => t('hours.weekHours', { count: weekHours(weekly) }),
          },
          {
            key: 'holidays',
            header: t('holidays.title'),
            cell: ({ holidays }) => String(holidays.length),
          },
        ]}
      />
    </div>
  )
}
