/** What a machine heard in a voice message, below it; or the way to let it be heard. */
import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Attachment } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { CopyButton } from '@/shared/ui/CopyButton'
import { IconCheck, IconCopy, IconNotes, IconRefresh } from '@/shared/ui/icons'
import { toast } from '@/shared/ui/toast'
import { languageName } from './languages'
import { abilityQuery, useTranscribe } from './queries'
import classes from './transcript.module.css'

const LONG = 320

export function Transcript({ file, message }: { file: Attachment; message: number }) {
  const { t } = useTranslation('speech')
  const heard = file.transcript
  if (!heard) return <Ask message={message} />
  if (heard.state === 'done') return <Said text={heard.text} language={heard.language} />
  if (heard.state === 'failed')
    return (
      <span className={classes.foot} data-testid="transcript-failed">
        {t(`failed.${heard.error}`, { defaultValue: t('failed.other') })}
        <Ask message={message} isAgain />
      </span>
    )
  return (
    <span className={classes.foot} role="status">
      <Loader size={12} aria-hidden /> {t('hearing')}
    </span>
  )
}

function Said({ text, language }: { text: string; language: string }) {
  const { t } = useTranslation('speech')
  const [isWhole, setWhole] = useState(text.length <= LONG)
  const spoken = languageName(language)
  return (
    <span className={classes.said} data-testid="transcript">
      <span lang={language || undefined}>{isWhole ? text : `${text.slice(0, LONG)}…`}</span>
      <span className={classes.foot}>
        {spoken ? t('automaticIn', { language: spoken }) : t('automatic')}
        {!isWhole && (
          <button type="button" className={classes.act} onClick={() => setWhole(true)}>
            {t('more')}
          </button>
        )}
        <CopyButton value={text}>
          {(copy, isCopied) => (
            <button type="button" className={classes.act} aria-label={t('copy')} onClick={copy}>
              {isCopied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
            </button>
          )}
        </CopyButton>
      </span>
    </span>
  )
}

/** Only where the company has somebody who can hear it. */
function Ask({ message, isAgain }: { message: number; isAgain?: boolean }) {
  const { t } = useTranslation('speech')
  const errorText = useErrorText()
  const canUse = useCan('ai.use')
  const { data } = useQuery({ ...abilityQuery, enabled: canUse })
  const transcribe = useTranscribe()
  if (!canUse || !data?.can_transcribe) return null
  const Sign = isAgain ? IconRefresh : IconNotes
  return (
    <button
      type="button"
      className={classes.act}
      disabled={transcribe.isPending}
      data-testid="transcribe"
      onClick={() =>
        transcribe.mutate(message, {
          onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
        })
      }
    >
      <Sign size={14} aria-hidden /> {t(isAgain ? 'again' : 'ask')}
    </button>
  )
}
