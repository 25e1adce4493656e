/** What stands above the words: a line in bold, or a picture, a film or a document. */
import { ActionIcon, Button, FileButton } from '@mantine/core'
import { useState } from 'react'
import { uploadBlob } from '@/shared/files/upload'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { IconFile, IconPhoto, IconX } from '@/shared/ui/icons'
import { toast } from '@/shared/ui/toast'
import { Counted } from './Counted'
import { useForm } from './form'
import classes from './interactive.module.css'

const ACCEPTED = 'image/jpeg,image/png,video/mp4,application/pdf'

export function HeaderField({ takesFiles }: { takesFiles: boolean }) {
  const { t } = useTranslation('interactive')
  const { draft, most, change } = useForm()
  const { file } = draft
  if (takesFiles && file)
    return (
      <div className={classes.file}>
        <IconFile size={18} aria-hidden />
        <span className="hd-ellipsis">{file.name}</span>
        <ActionIcon size={28} aria-label={t('removeFile')} onClick={() => change({ file: null })}>
          <IconX size={15} aria-hidden />
        </ActionIcon>
      </div>
    )
  return (
    <div className={classes.header}>
      <Counted
        label={t(draft.kind === 'products' ? 'headerNeeded' : 'header')}
        place="content.header.text"
        value={draft.header}
        longest={most.header}
        onChange={(header) => change({ header })}
      />
      {takesFiles && <PickFile />}
    </div>
  )
}

function PickFile() {
  const { t } = useTranslation('interactive')
  const { change } = useForm()
  const errorText = useErrorText()
  const [isBusy, setBusy] = useState(false)
  async function take(picked: File | null): Promise<void> {
    if (!picked) return
    setBusy(true)
    try {
      change({ file: await uploadBlob(picked, picked.name), header: '' })
    } catch (error) {
      void toast({ message: errorText(error), tone: 'danger' })
    }
    setBusy(false)
  }
  return (
    <FileButton accept={ACCEPTED} onChange={(picked) => void take(picked)}>
      {(props) => (
        <Button
          {...props}
          variant="default"
          loading={isBusy}
          leftSection={<IconPhoto size={16} aria-hidden />}
        >
          {t('addFile')}
        </Button>
      )}
    </FileButton>
  )
}
