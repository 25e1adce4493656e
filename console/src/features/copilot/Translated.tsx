/** One message in the reader's own language, for as long as the page is open: a tool beside it, the words below it. */
import { useQuery } from '@tanstack/react-query'
import { create } from 'zustand'
import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { announce } from '@/shared/ui/announce'
import { IconLanguage } from '@/shared/ui/icons'
import { type Answer, ask, WAITING } from './asking'
import classes from './copilot.module.css'
import { readyQuery } from './queries'

/** By message. Texts that change are translated anew: their version is part of the key. */
const useTranslated = create<Record<string, Answer>>(() => ({}))

const keyOf = ({ id, version }: Message) => `${id}.${version}`

interface TranslateToolProps {
  message: Message
  ticket: number
  className: string | undefined
}

export function TranslateTool({ message, ticket, className }: TranslateToolProps) {
  const { t } = useTranslation('copilot')
  const { data: isReady } = useQuery(readyQuery)
  if (!isReady) return null
  function translate(): void {
    const key = keyOf(message)
    useTranslated.setState({ [key]: WAITING })
    ask({ ticket, act: 'translate', message: message.id }, (answer) => {
      useTranslated.setState({ [key]: answer })
      if (answer.state === 'done') announce(answer.error ? t('failedAloud') : answer.text)
    })
  }
  return (
    <button
      type="button"
      className={className}
      aria-label={t('translateMessage')}
      title={t('translateMessage')}
      data-testid={`translate-${message.id}`}
      onClick={translate}
    >
      <IconLanguage size={16} aria-hidden />
    </button>
  )
}

export function Translated({ message }: { message: Message }) {
  const { t, exists } = useTranslation('copilot')
  const answer = useTranslated((all) => all[keyOf(message)])
  if (!answer) return null
  const { text, state, error } = answer
  return (
    <div className={classes.translated} aria-busy={state !== 'done'} data-testid={`translated-${message.id}`}>
      <small>
        <IconLanguage size={13} aria-hidden /> {t(state === 'done' ? 'translated' : 'translating')}
      </small>
      {text}
      {error && <small>{t(exists(`errors.${error}`) ? `errors.${error}` : 'errors.failed')}</small>}
    </div>
  )
}
