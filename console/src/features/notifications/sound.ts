/** Two soft tones, made by the browser; one tab plays for all. */

const LOCK = 'helpdesk-sound'
const TONES = [660, 880]
const TONE_SECONDS = 0.16
const HOLD_MS = 1_500

let context: AudioContext | null = null

export async function playSound(): Promise<void> {
  if (!navigator.locks) return play()
  // Several tabs hear of the same message; whoever gets the lock plays, and keeps it until the others gave up.
  await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (!lock) return
    await play()
    await new Promise((resolve) => setTimeout(resolve, HOLD_MS))
  })
}

async function play(): Promise<void> {
  context ??= new AudioContext()
  // Before the first click browsers keep pages silent; there is nothing to do about that.
  if (context.state === 'suspended') await context.resume().catch(() => undefined)
  if (context.state !== 'running') return
  for (const [index, frequency] of TONES.entries())
    tone(context, frequency, context.currentTime + index * TONE_SECONDS)
}

function tone(audio: AudioContext, frequency: number, start: number): void {
  const source = audio.createOscillator()
  const volume = audio.createGain()
  source.frequency.value = frequency
  volume.gain.setValueAtTime(0, start)
  volume.gain.linearRampToValueAtTime(0.12, start + 0.02)
  volume.gain.exponentialRampToValueAtTime(0.001, start + TONE_SECONDS * 1.8)
  source.connect(volume).connect(audio.destination)
  source.start(start)
  source.stop(start + TONE_SECONDS * 2)
}
