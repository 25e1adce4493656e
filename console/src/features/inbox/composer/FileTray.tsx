/** The files that will go with the next message. */
import { useTranslation } from '@/shared/i18n/translate'
import { formatSize } from '@/shared/lib/dates'
import { IconFile, IconMusic, IconX } from '@/shared/ui/icons'
import { fileKind } from '../outbox/bubble'
import classes from './Composer.module.css'
import type { PickedFile } from './useFiles'

interface FileTrayProps {
  files: readonly PickedFile[]
  onRemove: (key: string) => void
}

export function FileTray({ files, onRemove }: FileTrayProps) {
  const { t } = useTranslation('inbox')
  if (files.length === 0) return null
  return (
    <ul className={classes.tray} aria-label={t('files.tray')}>
      {files.map(({ key, file, preview }) => {
        const kind = fileKind(file.mime)
        return (
          <li key={key} className={classes.file}>
            {kind === 'image' && preview ? (
              <img src={preview} alt="" className={classes.thumb} />
            ) : kind === 'video' && preview ? (
              <video src={preview} className={classes.thumb} muted preload="metadata" />
            ) : (
              <span className={classes.thumb}>
                {kind === 'audio' ? <IconMusic size={22} aria-hidden /> : <IconFile size={22} aria-hidden />}
              </span>
            )}
            <span className={classes.fileText}>
              <span className="hd-ellipsis">{file.name}</span>
              <span className={classes.small}>{formatSize(file.size)}</span>
            </span>
            <button
              type="button"
              className={classes.removeFile}
              aria-label={t('files.remove', { name: file.name })}
              onClick={() => onRemove(key)}
            >
              <IconX size={15} aria-hidden />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
