/** The picture, video or document above the words: the template's own, or another for this time. */
import { ActionIcon, Button, FileButton } from '@mantine/core'
import { useState } from 'react'
import type { Attachment } from '@/shared/api/types'
import { uploadBlob } from '@/shared/files/upload'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { IconAttach, IconX } from '@/shared/ui/icons'
import { toast } from '@/shared/ui/toast'
import classes from './templates.module.css'

const TAKES: Record<string, string> = {
  image: 'image/jpeg,image/png',
  video: 'video/mp4,video/3gpp',
  document: '.pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.txt',
}

interface HeaderFileProps {
  kind: string
  label: string
  file: Attachment | null
  /** What goes when nothing else is chosen. */
  preset?: Attachment | null
  onChange: (file: Attachment | null) => void
  error?: string | undefined
}

export function HeaderFile({ kind, label, file, preset, onChange, error }: HeaderFileProps) {
  const { t } = useTranslation('templates')
  const errorText = useErrorText()
  const [isBusy, setBusy] = useState(false)
  async function add(picked: File | null): Promise<void> {
    if (!picked) return
    setBusy(true)
    try {
      const stored = await uploadBlob(picked, picked.name)
      if (stored.kind === kind) onChange(stored)
      else void toast({ message: t('wrongFile'), tone: 'danger' })
    } catch (failure) {
      void toast({ message: errorText(failure), tone: 'danger' })
    }
    setBusy(false)
  }
  return (
    <div className={classes.file}>
      <span className={classes.label}>{label}</span>
      <div className={classes.fileLine}>
        <FileButton accept={TAKES[kind] ?? ''} onChange={(picked) => void add(picked)}>
          {(props) => (
            <Button
              {...props}
              size="xs"
              variant="default"
              loading={isBusy}
              leftSection={<IconAttach size={15} aria-hidden />}
            >
              {t('chooseFile')}
            </Button>
          )}
        </FileButton>
        <span className="hd-ellipsis hd-muted">{file?.name ?? (preset ? preset.name : t('noFile'))}</span>
        {file && (
          <ActionIcon size={28} aria-label={t('removeFile')} onClick={() => onChange(null)}>
            <IconX size={15} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {error && <span className={classes.error}>{error}</span>}
    </div>
  )
}
