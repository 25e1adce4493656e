/** Files that go along with a text: added by button, each with a way out. */
import { ActionIcon, Button, FileButton } from '@mantine/core'
import { useState } from 'react'
import type { Attachment } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { formatSize } from '@/shared/lib/dates'
import { IconAttach, IconFile, IconMusic, IconX } from '@/shared/ui/icons'
import { toast } from '@/shared/ui/toast'
import classes from './files.module.css'
import { uploadBlob } from './upload'

const MOST = 10

/** What every file has that was kept once. */
type Kept = Pick<Attachment, 'id' | 'kind' | 'name' | 'size' | 'url'> & { thumbnail_url?: string | null }

interface FilesFieldProps<File extends Kept> {
  files: readonly File[]
  onChange: (files: (File | Attachment)[]) => void
  isReadOnly?: boolean
}

export function FilesField<File extends Kept>({ files, onChange, isReadOnly }: FilesFieldProps<File>) {
  const { t } = useTranslation('common')
  const errorText = useErrorText()
  const [isBusy, setBusy] = useState(false)
  async function add(picked: globalThis.File[]): Promise<void> {
    setBusy(true)
    const kept: (File | Attachment)[] = [...files]
    try {
      for (const file of picked.slice(0, MOST - kept.length)) kept.push(await uploadBlob(file, file.name))
    } catch (error) {
      void toast({ message: errorText(error), tone: 'danger' })
    }
    onChange(kept)
    setBusy(false)
  }
  return (
    <div className={classes.field}>
      {files.length > 0 && (
        <ul className={classes.files} aria-label={t('files.files')}>
          {files.map((file, place) => (
            <li key={file.id} className={classes.file}>
              <Thumb file={file} />
              <span className={classes.text}>
                <span className="hd-ellipsis">{file.name}</span>
                <span className="hd-muted">{formatSize(file.size)}</span>
              </span>
              {!isReadOnly && (
                <ActionIcon
                  size={28}
                  aria-label={t('files.remove', { name: file.name })}
                  onClick={() => onChange(files.toSpliced(place, 1))}
                >
                  <IconX size={15} aria-hidden />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {!isReadOnly && (
        <FileButton multiple onChange={(picked) => void add(picked)}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              size="xs"
              leftSection={<IconAttach size={15} aria-hidden />}
              loading={isBusy}
              disabled={files.length >= MOST}
            >
              {t('files.add')}
            </Button>
          )}
        </FileButton>
      )}
    </div>
  )
}

function Thumb({ file: { kind, thumbnail_url, url } }: { file: Kept }) {
  const picture = kind === 'image' ? (thumbnail_url ?? url) : thumbnail_url
  if (picture) return <img src={picture} alt="" className={classes.thumb} />
  return (
    <span className={classes.thumb}>
      {kind === 'audio' ? <IconMusic size={18} aria-hidden /> : <IconFile size={18} aria-hidden />}
    </span>
  )
}
