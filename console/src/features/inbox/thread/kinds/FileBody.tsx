/** A message that carries a file: how far the file is, the file itself, and its caption. */
import { Loader } from '@mantine/core'
import { Suspense } from 'react'
import type { Attachment, Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatSize } from '@/shared/lib/dates'
import { IconPhotoOff, IconX } from '@/shared/ui/icons'
import { removeEntry, useOutbox } from '../../outbox/outbox'
import { useInboxParts } from '../../parts'
import { AudioPlayer } from './AudioPlayer'
import { DocumentCard } from './DocumentCard'
import classes from './kinds.module.css'
import { Picture } from './Picture'
import { TextBody } from './TextBody'

export function FileBody({ message }: { message: Message }) {
  return (
    <>
      {message.attachments.map((file) => (
        <File key={file.id} file={file} message={message} />
      ))}
      {message.attachments.length === 0 && <Missing state="failed" />}
      {message.id < 0 && message.client_id && <UploadProgress clientId={message.client_id} />}
      {message.body && (
        <span className={classes.caption}>
          <TextBody text={message.body} />
        </span>
      )}
    </>
  )
}

function File({ file, message }: { file: Attachment; message: Message }) {
  if (file.state !== 'stored') return <Missing state={file.state} size={file.size} />
  switch (file.kind) {
    case 'image':
    case 'sticker':
    case 'video':
      return <Picture file={file} message={message} />
    case 'audio':
      return <Sound file={file} message={message.id} />
    case 'document':
      return <DocumentCard file={file} />
  }
}

function Sound({ file, message }: { file: Attachment; message: number }) {
  const { Transcript } = useInboxParts()
  return (
    <>
      <AudioPlayer file={file} />
      <Suspense>{Transcript && message > 0 && <Transcript file={file} message={message} />}</Suspense>
    </>
  )
}

/** Still on its way from WhatsApp, or never coming: which of the two, in words. */
function Missing({ state, size = 0 }: { state: Attachment['state']; size?: number }) {
  const { t } = useTranslation('inbox')
  const isComing = state === 'wanted' || state === 'fetching'
  return (
    <span className={classes.missing} role={isComing ? 'status' : undefined} data-state={state}>
      {isComing ? <Loader size={18} aria-hidden /> : <IconPhotoOff size={20} stroke={1.6} aria-hidden />}
      <span>
        {t(`files.${state}`)}
        {size > 0 && <span className={classes.small}> {formatSize(size)}</span>}
      </span>
    </span>
  )
}

function UploadProgress({ clientId }: { clientId: string }) {
  const { t } = useTranslation('inbox')
  const entry = useOutbox(({ entries }) => entries[clientId])
  const share = useOutbox(({ progress }) => progress[clientId] ?? 0)
  if (!entry?.file || (entry.state !== 'uploading' && entry.state !== 'waiting')) return null
  const percent = Math.round(share * 100)
  return (
    <span className={classes.upload}>
      <progress value={percent} max={100} aria-label={t('files.uploading', { percent })} />
      <span className="hd-numbers">{percent}%</span>
      <button
        type="button"
        className={classes.cancel}
        aria-label={t('files.cancel')}
        onClick={() => removeEntry(clientId)}
      >
        <IconX size={15} aria-hidden />
      </button>
    </span>
  )
}
