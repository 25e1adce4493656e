/** One sound at a time in the whole console; which file a browser can play; the speed that was chosen last. */
import type { Attachment } from '@/shared/api/types'

export const SPEEDS: readonly number[] = [1, 1.5, 2]
const STORED = 'helpdesk.voice-speed'

let playing: HTMLAudioElement | null = null

export function playAlone(audio: HTMLAudioElement): Promise<void> {
  if (playing !== audio) playing?.pause()
  playing = audio
  return audio.play()
}

/** WhatsApp's voice notes are Ogg with Opus, which Safari does not play; the server keeps another version. */
export function sourceOf({ mime, url, playable_url }: Attachment): string {
  return playable_url && !canPlay(mime) ? playable_url : url
}

function canPlay(mime: string): boolean {
  return document.createElement('audio').canPlayType(mime) !== ''
}

export function storedSpeed(): number {
  const stored = Number(localStorage.getItem(STORED))
  return SPEEDS.find((speed) => speed === stored) ?? 1
}

export function storeSpeed(speed: number): void {
  localStorage.setItem(STORED, String(speed))
}

/** Bars for files whose waveform is not known: quiet and even, not invented. */
export function barsOf(waveform: readonly number[] | null, count: number): number[] {
  if (!waveform || waveform.length === 0) return Array.from({ length: count }, () => 18)
  return Array.from(
    { length: count },
    (_, index) => waveform[Math.floor((index * waveform.length) / count)] ?? 0,
  )
}
