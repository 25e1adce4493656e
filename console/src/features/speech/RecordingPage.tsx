/** One recording: how far it is, then who said what when, beside the sound. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { api } from '@/shared/api/client'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime, formatDuration } from '@/shared/lib/dates'
import { useCan } from '@/shared/session/store'
import { DeleteAfterAsking } from '@/shared/ui/DeleteAfterAsking'
import { IconBack, IconDownload, IconRefresh } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import { toast } from '@/shared/ui/toast'
import { Lines } from './Lines'
import { languageName } from './languages'
import { type HeardRecording, isUnderWay, recordingQuery, useDelete, useRetry } from './queries'
import { State } from './RecordingsPage'
import { save } from './save'
import classes from './speech.module.css'

export function RecordingPage() {
  const { t } = useTranslation('speech')
  const canUse = useCan('ai.use')
  const id = Number(useParams({ strict: false }).recording)
  const { data, error, refetch } = useQuery({ ...recordingQuery(id), enabled: canUse })
  return (
    <Page
      title={data?.name ?? t('title')}
      description={data && <About recording={data} />}
      actions={data && <Acts recording={data} />}
      back={
        <Link to="/settings/recordings" className={classes.back} aria-label={t('back')}>
          <IconBack size={18} aria-hidden />
        </Link>
      }
    >
      {!canUse && <NoPermission />}
      {canUse && !data && !error && <Loading />}
      {error && !data && <Failed error={error} onRetry={() => void refetch()} />}
      {data && isUnderWay(data) && (
        <div className={classes.waiting} role="status">
          <State recording={data} />
          <p className="hd-muted">{t('waitText')}</p>
        </div>
      )}
      {data?.state === 'failed' && <Broken recording={data} />}
      {data?.state === 'completed' && <Lines key={data.id} recording={data} />}
    </Page>
  )
}

function About({ recording }: { recording: HeardRecording }) {
  const { created_at, seconds, heard_language, file_name } = recording
  const parts = [
    formatDateTime(created_at),
    seconds === null ? '' : formatDuration(seconds),
    languageName(heard_language),
    file_name,
  ]
  return <>{parts.filter(Boolean).join(' · ')}</>
}

function Broken({ recording }: { recording: HeardRecording }) {
  const { t } = useTranslation('speech')
  const errorText = useErrorText()
  const retry = useRetry()
  return (
    <Empty
      title={t('states.failed')}
      action={
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} />}
          loading={retry.isPending}
          onClick={() =>
            retry.mutate(recording.id, {
              onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
            })
          }
        >
          {t('again')}
        </Button>
      }
    >
      {t(`failed.${recording.error}`, { defaultValue: t('failed.other') })}
    </Empty>
  )
}

function Acts({ recording }: { recording: HeardRecording }) {
  const { t } = useTranslation('speech')
  const navigate = useNavigate()
  const remove = useDelete()
  const params = { path: { id: recording.id } }
  const isDone = recording.state === 'completed'
  return (
    <span className={classes.acts}>
      {isDone && (
        <>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            data-testid="recording-docx"
            onClick={() =>
              void save(
                api.GET('/api/transcriptions/{id}/docx/', { params, parseAs: 'blob' }),
                `${recording.name}.docx`,
              )
            }
          >
            {t('docx')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() =>
              void save(
                api.GET('/api/transcriptions/{id}/json/', { params, parseAs: 'blob' }),
                `${recording.name}.json`,
              )
            }
          >
            {t('json')}
          </Button>
        </>
      )}
      <DeleteAfterAsking
        row={recording}
        remove={remove}
        label={t('delete')}
        title={t('deleteTitle')}
        onDone={() => void navigate({ to: '/settings/recordings' })}
      >
        {t('deleteText')}
      </DeleteAfterAsking>
    </span>
  )
}
