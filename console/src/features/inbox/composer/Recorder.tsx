/** Records a voice note: microphone, timer, live waveform, cancel, send; refusals in words. */
import { ActionIcon, Button } from '@mantine/core'
import { useActions } from '@/shared/actions/registry'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDuration } from '@/shared/lib/dates'
import { IconSend, IconTrash } from '@/shared/ui/icons'
import type { OutgoingFile } from '../outbox/machine'
import classes from './Composer.module.css'
import { useRecording } from './useRecording'

const SHOWN = 60

interface RecorderProps {
  onSend: (file: OutgoingFile) => void
  onCancel: () => void
}

export function Recorder({ onSend, onCancel }: RecorderProps) {
  const { t } = useTranslation('inbox')
  const { state, seconds, levels, finish, cancel } = useRecording()
  const send = async () => {
    const file = await finish()
    if (file) onSend(file)
    else onCancel()
  }
  const stop = () => {
    cancel()
    onCancel()
  }
  useActions([
    {
      id: 'composer.recordSend',
      label: t('recorder.send'),
      group: t('composer.group'),
      shortcut: 'record',
      perform: () => void send(),
    },
    {
      id: 'composer.recordCancel',
      label: t('recorder.cancel'),
      group: t('composer.group'),
      shortcut: 'close',
      perform: stop,
    },
  ])
  if (state === 'denied' || state === 'missing' || state === 'failed') {
    return (
      <div className={classes.recorder} role="alert">
        <span className={classes.recorderText}>{t(`recorder.${state}`)}</span>
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          {t('recorder.understood')}
        </Button>
      </div>
    )
  }
  return (
    <div className={classes.recorder} data-testid="recorder">
      <ActionIcon size={36} aria-label={t('recorder.cancel')} title={t('recorder.cancel')} onClick={stop}>
        <IconTrash size={19} aria-hidden />
      </ActionIcon>
      <span className={classes.recordDot} data-live={state === 'recording' || undefined} />
      <span className="hd-numbers" role="timer" aria-label={t('recorder.recording')}>
        {state === 'recording' ? formatDuration(seconds) : t('recorder.asking')}
      </span>
      <span className={classes.levels} aria-hidden>
        {levels.slice(-SHOWN).map((level, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity but their place
          <span key={index} className={classes.level} style={{ height: `${Math.max(8, level)}%` }} />
        ))}
      </span>
      <ActionIcon
        size={38}
        variant="filled"
        color="teal"
        radius={999}
        disabled={state !== 'recording'}
        aria-label={t('recorder.send')}
        title={t('recorder.send')}
        onClick={() => void send()}
        data-testid="record-send"
      >
        <IconSend size={19} aria-hidden />
      </ActionIcon>
    </div>
  )
}
