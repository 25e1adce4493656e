/** A photo, sticker or video in its own shape from the first moment, so that nothing moves when it loads. */
import { useState } from 'react'
import type { Attachment, Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDuration } from '@/shared/lib/dates'
import { IconPhotoOff, IconPlay } from '@/shared/ui/icons'
import { openViewer } from '../viewer/viewer'
import classes from './kinds.module.css'

const LARGEST = 280
const STICKER = 140

export function Picture({ file, message }: { file: Attachment; message: Message }) {
  const { t } = useTranslation('inbox')
  const [isBroken, setBroken] = useState(false)
  const { width, height } = boxOf(file)
  const isVideo = file.kind === 'video'
  const source = file.thumbnail_url ?? (isVideo ? null : file.url)
  const image =
    source && !isBroken ? (
      <img
        src={source}
        alt=""
        width={width}
        height={height}
        loading="lazy"
        decoding="async"
        onError={() => setBroken(true)}
      />
    ) : (
      <span className={classes.blank}>{!isVideo && <IconPhotoOff size={24} stroke={1.5} aria-hidden />}</span>
    )
  if (file.kind === 'sticker') {
    return (
      <span className={classes.sticker} style={{ width, height }} role="img" aria-label={t('kinds.sticker')}>
        {image}
      </span>
    )
  }
  const label = t(isVideo ? 'viewer.openVideo' : 'viewer.openImage', { caption: message.body })
  return (
    <button
      type="button"
      className={classes.picture}
      style={{ width, aspectRatio: `${width} / ${height}` }}
      aria-label={label}
      onClick={() => openViewer(message.ticket, file.id)}
    >
      {image}
      {isVideo && (
        <>
          <span className={classes.play}>
            <IconPlay size={26} aria-hidden />
          </span>
          {file.duration !== null && <span className={classes.length}>{formatDuration(file.duration)}</span>}
        </>
      )}
    </button>
  )
}

/** As large as the thread allows, in the picture's own proportions. */
function boxOf({ kind, width, height }: Attachment): { width: number; height: number } {
  const largest = kind === 'sticker' ? STICKER : LARGEST
  if (!width || !height)
    return { width: largest, height: kind === 'sticker' ? largest : Math.round(largest * 0.75) }
  const scale = Math.min(largest / width, (largest * 1.1) / height, kind === 'sticker' ? 1 : 4)
  return { width: Math.max(90, Math.round(width * scale)), height: Math.max(60, Math.round(height * scale)) }
}
