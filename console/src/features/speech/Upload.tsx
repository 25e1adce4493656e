/** Takes a recording by press or by drop, with what is known of who speaks. */
import { Alert, Button, NativeSelect } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { IconHeadphones, IconWarning } from '@/shared/ui/icons'
import { languageName, OFFERED } from './languages'
import { useUpload } from './queries'
import classes from './speech.module.css'

const KINDS = 'audio/*,video/mp4,video/webm,.opus,.ogg,.m4a,.mp3,.wav'
const SPEAKERS = Array.from({ length: 10 }, (_, index) => String(index + 1))

export function Upload({ tellsSpeakers }: { tellsSpeakers: boolean }) {
  const { t } = useTranslation('speech')
  const errorText = useErrorText()
  const navigate = useNavigate()
  const upload = useUpload()
  const field = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const [language, setLanguage] = useState('')
  const [speakers, setSpeakers] = useState('')
  function take(files: FileList | null): void {
    const file = files?.[0]
    if (!file || upload.isPending) return
    upload.mutate(
      { file, language, speakers },
      {
        onSuccess: ({ id }) =>
          void navigate({ to: '/settings/recordings/$recording', params: { recording: String(id) } }),
      },
    )
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
      <IconHeadphones size={28} stroke={1.5} aria-hidden />
      <p className={classes.dropTitle}>{t('drop')}</p>
      <p className="hd-muted">{t(tellsSpeakers ? 'dropText' : 'noSpeakers')}</p>
      <div className={classes.choices}>
        <NativeSelect
          label={t('language')}
          value={language}
          data={[
            { value: '', label: t('anyLanguage') },
            ...OFFERED.map((code) => ({ value: code, label: languageName(code) })),
          ]}
          onChange={(event) => setLanguage(event.currentTarget.value)}
        />
        {tellsSpeakers && (
          <NativeSelect
            label={t('speakers')}
            value={speakers}
            data={[{ value: '', label: t('anyNumber') }, ...SPEAKERS]}
            onChange={(event) => setSpeakers(event.currentTarget.value)}
          />
        )}
      </div>
      <input
        ref={field}
        hidden
        type="file"
        accept={KINDS}
        data-testid="recording-file"
        onChange={(event) => {
          take(event.currentTarget.files)
          event.currentTarget.value = ''
        }}
      />
      <Button loading={upload.isPending} onClick={() => field.current?.click()}>
        {t('pick')}
      </Button>
      {upload.isError && (
        <Alert color="red" icon={<IconWarning size={18} />} role="alert">
          {errorText(upload.error)}
        </Alert>
      )}
    </div>
  )
}
