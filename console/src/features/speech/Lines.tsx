/** Who said what when: the sound above, and a press on a line goes there. */
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDuration } from '@/shared/lib/dates'
import type { HeardRecording, Utterance } from './queries'
import { Speakers } from './Speakers'
import classes from './speech.module.css'

export function Lines({ recording }: { recording: HeardRecording }) {
  const { t } = useTranslation('speech')
  const player = useRef<HTMLAudioElement>(null)
  const [at, setAt] = useState(-1)
  const current = recording.utterances.findLastIndex((line) => line.start <= at + 0.05)
  function jump(line: Utterance): void {
    const audio = player.current
    if (!audio) return
    audio.currentTime = line.start
    setAt(line.start)
    void audio.play().catch(() => undefined)
  }
  return (
    <>
      <div className={classes.player}>
        {/* biome-ignore lint/a11y/useMediaCaption: the lines below are its captions */}
        <audio
          ref={player}
          controls
          preload="metadata"
          aria-label={recording.name}
          onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        >
          <source src={recording.url} type={recording.mime} />
          {recording.playable_url && <source src={recording.playable_url} type="audio/mp4" />}
        </audio>
      </div>
      {recording.has_speakers ? (
        <Speakers recording={recording} />
      ) : (
        <p className={classes.note}>{t('noSpeakersHere')}</p>
      )}
      <ol className={classes.lines} data-testid="utterances">
        {recording.utterances.map((line, place) => (
          <Line
            key={`${line.start} ${line.text}`}
            line={line}
            who={
              recording.speaker_names[line.speaker] ??
              (line.speaker && t('speaker', { letter: line.speaker }))
            }
            letter={recording.speakers.indexOf(line.speaker)}
            isCurrent={place === current}
            onJump={() => jump(line)}
          />
        ))}
      </ol>
    </>
  )
}

interface LineProps {
  line: Utterance
  who: string
  /** Which speaker, counted from 0; each has a colour of their own. */
  letter: number
  isCurrent: boolean
  onJump: () => void
}

function Line({ line, who, letter, isCurrent, onJump }: LineProps) {
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  return (
    <li ref={row}>
      <button
        type="button"
        className={classes.line}
        aria-current={isCurrent || undefined}
        data-speaker={letter < 0 ? undefined : letter % 5}
        onClick={onJump}
      >
        <span className={classes.when}>
          {who && <b>{who}</b>}
          <span className="hd-numbers">{formatDuration(Math.floor(line.start))}</span>
        </span>
        <span>{line.text}</span>
      </button>
    </li>
  )
}
