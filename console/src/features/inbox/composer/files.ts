/** Files before they are sent: limits of WhatsApp, and photos made to fit them. */

import { fileKind } from '../outbox/bubble'
import type { OutgoingFile } from '../outbox/machine'

const MB = 1_000_000
const LIMITS = { image: 5 * MB, audio: 16 * MB, video: 16 * MB, document: 100 * MB } as const
const LONGEST_SIDE = 2560

export function isTooBig({ mime, size }: OutgoingFile): boolean {
  return size > LIMITS[fileKind(mime)]
}

export function limitOf(mime: string): number {
  return LIMITS[fileKind(mime)]
}

/** WhatsApp takes JPEG and PNG up to 5 MB; what a phone or a screenshot makes is often neither. */
export async function fitted(file: File): Promise<OutgoingFile> {
  const whole = {
    blob: file,
    name: file.name,
    mime: file.type || 'application/octet-stream',
    size: file.size,
  }
  if (fileKind(whole.mime) !== 'image') return whole
  const isFine = (whole.mime === 'image/jpeg' || whole.mime === 'image/png') && whole.size <= LIMITS.image
  if (isFine || whole.mime === 'image/svg+xml') return whole
  const blob = await toJpeg(file).catch(() => null)
  return blob
    ? { blob, name: `${file.name.replace(/\.\w+$/, '')}.jpg`, mime: 'image/jpeg', size: blob.size }
    : whole
}

async function toJpeg(file: File): Promise<Blob | null> {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  const context = canvas.getContext('2d')
  if (!context) return null
  // JPEG knows no transparency; without a ground it would be black.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.86))
}
