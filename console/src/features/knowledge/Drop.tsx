/** Takes files by press or by drop, several at once. */
import { Alert, Button } from '@mantine/core'
import { type ReactNode, useRef, useState } from 'react'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { IconFileText, IconWarning } from '@/shared/ui/icons'
import classes from './knowledge.module.css'
import { useUpload } from './queries'

const KINDS = '.pdf,.docx,.xlsx,.html,.htm,.md,.markdown,.txt,.csv'

export function Drop({ children }: { children: ReactNode }) {
  const { t } = useTranslation('knowledge')
  const errorText = useErrorText()
  const upload = useUpload()
  const field = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  async function take(files: File[]): Promise<void> {
    for (const file of files) await upload.mutateAsync(file).catch(() => undefined)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the second way; the button is the first
    <div
      className={classes.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        void take([...event.dataTransfer.files])
      }}
    >
      <IconFileText size={28} stroke={1.5} aria-hidden />
      <p className={classes.dropTitle}>{t('documents.drop')}</p>
      <p className="hd-muted">{t('documents.dropText')}</p>
      <input
        ref={field}
        hidden
        multiple
        type="file"
        accept={KINDS}
        data-testid="knowledge-file"
        onChange={(event) => {
          void take([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
      <Button loading={upload.isPending} onClick={() => field.current?.click()}>
        {t('documents.pick')}
      </Button>
      {children}
      {upload.isError && (
        <Alert color="red" icon={<IconWarning size={18} />} role="alert">
          {errorText(upload.error)}
        </Alert>
      )}
    </div>
  )
}
