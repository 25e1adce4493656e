/** How long each spoke, and how they are called: a name is kept when the field is left. */
import { TextInput } from '@mantine/core'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDuration } from '@/shared/lib/dates'
import { toast } from '@/shared/ui/toast'
import { type HeardRecording, useChange } from './queries'
import classes from './speech.module.css'

export function Speakers({ recording }: { recording: HeardRecording }) {
  const { t } = useTranslation('speech')
  const errorText = useErrorText()
  const change = useChange(recording.id)
  function rename(letter: string, name: string): void {
    if (name.trim() === (recording.speaker_names[letter] ?? '')) return
    change.mutate(
      { speaker_names: { [letter]: name.trim() } },
      { onError: (error) => void toast({ message: errorText(error), tone: 'danger' }) },
    )
  }
  return (
    <ul className={classes.speakers} aria-label={t('who')}>
      {recording.speakers.map((letter, place) => (
        <li key={letter} data-speaker={place % 5}>
          <TextInput
            label={t('speaker', { letter })}
            description={formatDuration(spoken(recording, letter))}
            placeholder={t('whoName')}
            defaultValue={recording.speaker_names[letter] ?? ''}
            maxLength={60}
            onBlur={(event) => rename(letter, event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          />
        </li>
      ))}
    </ul>
  )
}

function spoken({ utterances }: HeardRecording, letter: string): number {
  return utterances.reduce((sum, line) => (line.speaker === letter ? sum + line.end - line.start : sum), 0)
}
