/** The microphone: asked for when recording begins, given back when it ends, however it ends. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { OutgoingFile } from '../outbox/machine'

/** What browsers can make, best first. The server turns all of them into WhatsApp's Ogg. */
const KINDS = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4']
const ENDINGS: Record<string, string> = { 'audio/ogg': 'ogg', 'audio/webm': 'webm', 'audio/mp4': 'm4a' }
const EVERY = 80
const BARS = 64

export type RecordingState = 'asking' | 'recording' | 'denied' | 'missing' | 'failed'

interface Machine {
  recorder: MediaRecorder
  stream: MediaStream
  context: AudioContext
  chunks: Blob[]
  startedAt: number
}

export function useRecording() {
  const [state, setState] = useState<RecordingState>('asking')
  const [levels, setLevels] = useState<readonly number[]>([])
  const [seconds, setSeconds] = useState(0)
  const machine = useRef<Machine | null>(null)
  const heard = useRef<number[]>([])

  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined
    let isGone = false
    void open().then(
      (opened) => {
        if (isGone) return release(opened.machine)
        machine.current = opened.machine
        setState('recording')
        timer = setInterval(() => {
          heard.current.push(opened.level())
          setLevels([...heard.current])
          setSeconds((Date.now() - opened.machine.startedAt) / 1000)
        }, EVERY)
      },
      (error: unknown) => !isGone && setState(reasonOf(error)),
    )
    return () => {
      isGone = true
      clearInterval(timer)
      if (machine.current) release(machine.current)
    }
  }, [])

  const finish = useCallback(async (): Promise<OutgoingFile | null> => {
    const current = machine.current
    if (!current) return null
    const duration = (Date.now() - current.startedAt) / 1000
    const stopped = new Promise((resolve) =>
      current.recorder.addEventListener('stop', resolve, { once: true }),
    )
    current.recorder.stop()
    await stopped
    release(current)
    machine.current = null
    const mime = (current.recorder.mimeType || 'audio/webm').split(';')[0] as string
    const blob = new Blob(current.chunks, { type: mime })
    if (blob.size === 0) return null
    return {
      blob,
      name: `voice.${ENDINGS[mime] ?? 'webm'}`,
      mime,
      size: blob.size,
      duration,
      waveform: squeeze(heard.current, BARS),
    }
  }, [])

  const cancel = useCallback(() => {
    if (machine.current) release(machine.current)
    machine.current = null
  }, [])

  return { state, levels, seconds, finish, cancel }
}

async function open(): Promise<{ machine: Machine; level: () => number }> {
  if (!navigator.mediaDevices?.getUserMedia || typeof MediaRecorder === 'undefined')
    throw new DOMException('', 'NotSupportedError')
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: true, noiseSuppression: true },
  })
  const kind = KINDS.find((one) => MediaRecorder.isTypeSupported(one))
  const recorder = new MediaRecorder(stream, { ...(kind && { mimeType: kind }), audioBitsPerSecond: 32_000 })
  const chunks: Blob[] = []
  recorder.ondataavailable = ({ data }) => data.size > 0 && chunks.push(data)
  recorder.start(1_000)
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  analyser.fftSize = 512
  context.createMediaStreamSource(stream).connect(analyser)
  return {
    machine: { recorder, stream, context, chunks, startedAt: Date.now() },
    level: () => loudness(analyser),
  }
}

/** 0 to 100; the square root lets quiet speech show. */
function loudness(analyser: AnalyserNode): number {
  const samples = new Uint8Array(analyser.fftSize)
  analyser.getByteTimeDomainData(samples)
  let sum = 0
  for (const sample of samples) sum += ((sample - 128) / 128) ** 2
  return Math.round(Math.min(1, Math.sqrt(Math.sqrt(sum / samples.length)) * 1.4) * 100)
}

function release({ recorder, stream, context }: Machine): void {
  if (recorder.state !== 'inactive') recorder.stop()
  for (const track of stream.getTracks()) track.stop()
  if (context.state !== 'closed') void context.close()
}

function reasonOf(error: unknown): RecordingState {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  if (name === 'NotFoundError' || name === 'NotSupportedError') return 'missing'
  return 'failed'
}

/** Any number of levels as exactly `count`. */
export function squeeze(levels: readonly number[], count: number): number[] {
  if (levels.length === 0) return []
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * levels.length) / count)
    const to = Math.max(from + 1, Math.floor(((index + 1) * levels.length) / count))
    return Math.max(...levels.slice(from, to))
  })
}
