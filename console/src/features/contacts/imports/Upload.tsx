/** Takes a file by press or by drop, and leads to what was understood of it. */
import { Alert, Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { IconFileSpreadsheet, IconWarning } from '@/shared/ui/icons'
import classes from './imports.module.css'
import { useUpload } from './queries'

const KINDS =
  '.csv,.xlsx,.vcf,.txt,text/csv,text/vcard,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export function Upload() {
  const { t } = useTranslation('contacts')
  const errorText = useErrorText()
  const navigate = useNavigate()
  const upload = useUpload()
  const field = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  function take(files: FileList | null): void {
    const file = files?.[0]
    if (!file || upload.isPending) return
    upload.mutate(file, {
      onSuccess: ({ id }) =>
        void navigate({ to: '/contacts/imports/$import', params: { import: String(id) } }),
    })
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
        take(event.dataTransfer.files)
      }}
    >
      <IconFileSpreadsheet size={28} stroke={1.5} aria-hidden />
      <p className={classes.dropTitle}>{t('imports.drop')}</p>
      <p className="hd-muted">{t('imports.dropText')}</p>
      <input
        ref={field}
        hidden
        type="file"
        accept={KINDS}
        data-testid="import-file"
        onChange={(event) => {
          take(event.currentTarget.files)
          event.currentTarget.value = ''
        }}
      />
      <Button loading={upload.isPending} onClick={() => field.current?.click()}>
        {t('imports.pick')}
      </Button>
      {upload.isError && (
        <Alert color="red" icon={<IconWarning size={18} />} role="alert">
          {errorText(upload.error)}
        </Alert>
      )}
    </div>
  )
}
