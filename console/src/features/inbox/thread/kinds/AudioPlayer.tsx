/** A voice note or another sound: play, seek on the waveform, speed. */
import { useEffect, useRef, useState } from 'react'
import type { Attachment } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDuration } from '@/shared/lib/dates'
import { IconMicrophone, IconMusic, IconPause, IconPlay } from '@/shared/ui/icons'
import { barsOf, playAlone, SPEEDS, sourceOf, storedSpeed, storeSpeed } from './audio'
import classes from './kinds.module.css'

const BARS = 42

export function AudioPlayer({ file }: { file: Attachment }) {
  const { t } = useTranslation('inbox')
  const player = usePlayer(file)
  const { isPlaying, isBroken, at, length, speed } = player
  const name = t(file.is_voice ? 'kinds.voice' : 'kinds.audio')
  const Sign = file.is_voice ? IconMicrophone : IconMusic
  return (
    <span className={classes.audio}>
      <button
        type="button"
        className={classes.playButton}
        aria-label={t(isPlaying ? 'audio.pause' : 'audio.play', { name })}
        onClick={player.toggle}
      >
        {isPlaying ? <IconPause size={20} aria-hidden /> : <IconPlay size={20} aria-hidden />}
      </button>
      <span className={classes.track}>
        <Bars waveform={file.waveform} share={length > 0 ? at / length : 0} />
        <input
          type="range"
          className={classes.seek}
          min={0}
          max={Math.max(length, 0.1)}
          step={0.1}
          value={at}
          aria-label={t('audio.position')}
          aria-valuetext={`${formatDuration(at)} / ${formatDuration(length)}`}
          onChange={(event) => player.seek(Number(event.currentTarget.value))}
        />
        <span className={classes.audioFoot}>
          <Sign size={13} aria-hidden />
          <span className="hd-numbers">
            {isBroken ? t('audio.broken') : formatDuration(at > 0 ? at : length)}
          </span>
          {isBroken && (
            <a href={file.url} download={file.name || true}>
              {t('files.downloadShort')}
            </a>
          )}
        </span>
      </span>
      <button
        type="button"
        className={classes.speed}
        aria-label={t('audio.speed', { speed })}
        onClick={player.faster}
      >
        {speed}×
      </button>
    </span>
  )
}

function Bars({ waveform, share }: { waveform: readonly number[] | null; share: number }) {
  return (
    <svg
      className={classes.bars}
      viewBox={`0 0 ${BARS * 4} 28`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {barsOf(waveform, BARS).map((value, index) => {
        const height = Math.max(3, (value / 100) * 26)
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity but their place
            key={index}
            x={index * 4}
            y={14 - height / 2}
            width={2.4}
            height={height}
            rx={1.2}
            data-played={index / BARS < share || undefined}
          />
        )
      })}
    </svg>
  )
}

/** The element is made at the first press: a long thread must not load fifty sounds. */
function usePlayer(file: Attachment) {
  const [isPlaying, setPlaying] = useState(false)
  const [isBroken, setBroken] = useState(false)
  const [at, setAt] = useState(0)
  const [length, setLength] = useState(file.duration ?? 0)
  const [speed, setSpeed] = useState(storedSpeed)
  const audio = useRef<HTMLAudioElement | null>(null)
  useEffect(() => () => audio.current?.pause(), [])

  function element(): HTMLAudioElement {
    if (audio.current) return audio.current
    const made = new Audio(sourceOf(file))
    made.onplay = () => setPlaying(true)
    made.onpause = () => setPlaying(false)
    made.ontimeupdate = () => setAt(made.currentTime)
    made.onended = () => setAt(0)
    // What a browser says that it can play, and what it plays, are not always the same.
    made.onerror = () => {
      if (file.playable_url && made.src !== new URL(file.playable_url, location.href).href) {
        made.src = file.playable_url
        made.playbackRate = storedSpeed()
        void made.play().catch(() => setBroken(true))
      } else setBroken(true)
    }
    // Recorded files may not know their length before the end: then the server's figure stands.
    made.ondurationchange = () => Number.isFinite(made.duration) && setLength(made.duration)
    audio.current = made
    return made
  }

  function toggle(): void {
    const current = element()
    if (!current.paused) {
      current.pause()
      return
    }
    const chosen = storedSpeed()
    setSpeed(chosen)
    current.playbackRate = chosen
    playAlone(current).catch(() => setPlaying(false))
  }

  function seek(seconds: number): void {
    element().currentTime = seconds
    setAt(seconds)
  }

  function faster(): void {
    const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1
    storeSpeed(next)
    setSpeed(next)
    if (audio.current) audio.current.playbackRate = next
  }

  return { isPlaying, isBroken, at, length, speed, toggle, seek, faster }
}
