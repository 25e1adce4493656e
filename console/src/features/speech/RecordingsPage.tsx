/** Calls and meetings as text: a file goes in, and each that came before is a way in. */
import { Button, Progress } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime, formatDuration } from '@/shared/lib/dates'
import { useCan } from '@/shared/session/store'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import { IconHeadphones } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import { abilityQuery, isUnderWay, type Recording, recordingsQuery } from './queries'
import classes from './speech.module.css'
import { Upload } from './Upload'

export function RecordingsPage() {
  const { t } = useTranslation('speech')
  const canUse = useCan('ai.use')
  return (
    <Page title={t('title')} description={t('text')}>
      {canUse ? (
        <>
          <Intake />
          <Earlier />
        </>
      ) : (
        <NoPermission />
      )}
    </Page>
  )
}

function Intake() {
  const { t } = useTranslation('speech')
  const { data } = useQuery(abilityQuery)
  if (data && !data.can_transcribe)
    return (
      <p className={classes.note} role="status">
        {t('noProvider')}
      </p>
    )
  return <Upload tellsSpeakers={data?.tells_speakers ?? true} />
}

function Earlier() {
  const { t } = useTranslation('speech')
  const navigate = useNavigate()
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(recordingsQuery)
  if (isPending) return <Loading rows={3} />
  if (error && !data) return <Failed error={error} onRetry={() => void refetch()} />
  const rows = data.pages.flatMap((page) => page.results)
  if (rows.length === 0)
    return (
      <Empty icon={IconHeadphones} title={t('empty')}>
        {t('emptyText')}
      </Empty>
    )
  const columns: Column<Recording>[] = [
    { key: 'name', header: t('name'), cell: ({ name }) => <span className="hd-ellipsis">{name}</span> },
    { key: 'state', header: t('state'), width: '220px', cell: (row) => <State recording={row} /> },
    {
      key: 'length',
      header: t('length'),
      width: '110px',
      align: 'end',
      isWideOnly: true,
      cell: ({ seconds }) => (seconds === null ? '' : formatDuration(seconds)),
    },
    {
      key: 'at',
      header: t('at'),
      width: '190px',
      isWideOnly: true,
      cell: ({ created_at }) => <span className="hd-muted">{formatDateTime(created_at)}</span>,
    },
  ]
  return (
    <>
      <DataTable
        caption={t('title')}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        onOpen={({ id }) =>
          void navigate({ to: '/settings/recordings/$recording', params: { recording: String(id) } })
        }
      />
      {hasNextPage && (
        <Button mt="md" variant="default" onClick={() => void fetchNextPage()}>
          {t('showMore')}
        </Button>
      )}
    </>
  )
}

export function State({ recording }: { recording: Recording }) {
  const { t } = useTranslation('speech')
  const { state, progress } = recording
  if (!isUnderWay(recording))
    return (
      <span className={classes.state} data-state={state}>
        {t(`states.${state}`)}
      </span>
    )
  return (
    <span className={classes.under}>
      <span className="hd-numbers">{`${t(`states.${state}`)} · ${progress}%`}</span>
      <Progress value={progress} size="sm" aria-label={t(`states.${state}`)} />
    </span>
  )
}
