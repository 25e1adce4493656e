/** Short sounds, made by the browser; one tab plays for all. */

const LOCK = 'helpdesk-sound'
const HOLD_MS = 1_500

export type SoundName = 'soft' | 'bell' | 'knock' | 'marimba' | 'radar'

interface Tone {
  frequency: number
  /** Seconds after the first. */
  at: number
  seconds: number
  wave: OscillatorType
}

const SOUNDS: Record<SoundName, readonly Tone[]> = {
  soft: [tone(660, 0, 0.29), tone(880, 0.16, 0.29)],
  bell: [tone(1047, 0, 0.9), tone(2094, 0, 0.4), tone(3141, 0, 0.2)],
  knock: [tone(160, 0, 0.08, 'triangle'), tone(160, 0.14, 0.08, 'triangle')],
  marimba: [
    tone(523, 0, 0.25, 'triangle'),
    tone(659, 0.11, 0.25, 'triangle'),
    tone(784, 0.22, 0.35, 'triangle'),
  ],
  radar: [tone(990, 0, 0.12), tone(990, 0.2, 0.12), tone(990, 0.4, 0.12)],
}
export const SOUND_NAMES = Object.keys(SOUNDS) as SoundName[]

let context: AudioContext | null = null

/** `volume` in per cent. */
export async function playSound(name: SoundName, volume: number): Promise<void> {
  if (!navigator.locks) return play(name, volume)
  // Several tabs hear of the same message; whoever gets the lock plays, and keeps it until the others gave up.
  await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (!lock) return
    await play(name, volume)
    await new Promise((resolve) => setTimeout(resolve, HOLD_MS))
  })
}

/** Heard at once, in this tab: for choosing. */
export async function play(name: SoundName, volume: number): Promise<void> {
  context ??= new AudioContext()
  // Before the first click browsers keep pages silent; there is nothing to do about that.
  if (context.state === 'suspended') await context.resume().catch(() => undefined)
  if (context.state !== 'running' || volume <= 0) return
  for (const one of SOUNDS[name]) sound(context, one, volume / 100)
}

function sound(audio: AudioContext, { frequency, at, seconds, wave }: Tone, loudness: number): void {
  const start = audio.currentTime + at
  const source = audio.createOscillator()
  const volume = audio.createGain()
  source.type = wave
  source.frequency.value = frequency
  volume.gain.setValueAtTime(0, start)
  volume.gain.linearRampToValueAtTime(0.17 * loudness, start + 0.02)
  volume.gain.exponentialRampToValueAtTime(0.001, start + seconds)
  source.connect(volume).connect(audio.destination)
  source.start(start)
  source.stop(start + seconds + 0.05)
}

function tone(frequency: number, at: number, seconds: number, wave: OscillatorType = 'sine'): Tone {
  return { frequency, at, seconds, wave }
}
