/** What an act lets one choose before it is asked again: a tone, a language, a question. */
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { CopilotQuestion } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import type { Question } from './asking'
import classes from './copilot.module.css'
import type { Shown } from './usePanel'

const TONES = ['grammar', 'friendly', 'formal', 'shorter', 'longer'] as const
const LANGUAGES = [
  'pt-BR',
  'en',
  'es',
  'fr',
  'de',
  'it',
  'nl',
  'pl',
  'ru',
  'uk',
  'tr',
  'ar',
  'he',
  'hi',
  'id',
  'ja',
  'ko',
  'zh',
] as const satisfies readonly NonNullable<CopilotQuestion['to']>[]

interface OptionsProps {
  shown: Shown
  onBegin: (more: Partial<Question>) => void
}

export function Options({ shown, onBegin }: OptionsProps) {
  if (shown.act === 'ask') return <AskForm asked={shown.question?.question} onAsk={onBegin} />
  if (!shown.question) return null
  if (shown.act === 'rewrite') return <Tones question={shown.question} onBegin={onBegin} />
  if (shown.act === 'translate') return <Languages question={shown.question} onBegin={onBegin} />
  return null
}

interface ChoiceProps {
  question: Question
  onBegin: (more: Partial<Question>) => void
}

function Tones({ question, onBegin }: ChoiceProps) {
  const { t } = useTranslation('copilot')
  return (
    <div className={classes.options} role="toolbar" aria-label={t('tone')}>
      {TONES.map((tone) => (
        <button
          key={tone}
          type="button"
          className={classes.chip}
          aria-pressed={question.tone === tone}
          data-testid={`copilot-tone-${tone}`}
          onClick={() => onBegin({ text: question.text ?? '', tone })}
        >
          {t(`tones.${tone}`)}
        </button>
      ))}
    </div>
  )
}

function Languages({ question, onBegin }: ChoiceProps) {
  const { t, language } = useTranslation('copilot')
  const names = new Intl.DisplayNames([language], { type: 'language' })
  return (
    <label className={classes.options}>
      <span>{t('to')}</span>
      <select
        className={classes.select}
        value={question.to ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onBegin({
            text: question.text ?? '',
            ...(value && { to: value as NonNullable<Question['to']> }),
          })
        }
      >
        <option value="">{t('customersLanguage')}</option>
        {LANGUAGES.map((code) => (
          <option key={code} value={code}>
            {names.of(code)}
          </option>
        ))}
      </select>
    </label>
  )
}

function AskForm({
  asked = '',
  onAsk,
}: {
  asked?: string | undefined
  onAsk: (more: Partial<Question>) => void
}) {
  const { t } = useTranslation('copilot')
  const [question, setQuestion] = useState(asked)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (question.trim()) onAsk({ question: question.trim() })
  }
  return (
    <form className={classes.ask} onSubmit={submit}>
      <input
        ref={field}
        className={classes.question}
        value={question}
        maxLength={1000}
        aria-label={t('question')}
        placeholder={t('question')}
        data-testid="copilot-question"
        onChange={({ currentTarget: { value } }) => setQuestion(value)}
      />
      <button
        type="submit"
        className={classes.primary}
        disabled={!question.trim()}
        data-testid="copilot-send"
      >
        {t('askIt')}
      </button>
    </form>
  )
}
