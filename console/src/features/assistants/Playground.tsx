/** Talking with an assistant as a customer would, with every step beside: nothing leaves, no ticket changes. */
import { Alert, Button, Textarea } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { IconRobot, IconWarning } from '@/shared/ui/icons'
import { Section } from '@/shared/ui/Section'
import classes from './assistants.module.css'
import { type Assistant, type AssistantValues, isOver, type Line } from './queries'
import { Steps } from './Steps'
import { useAssistantError } from './useAssistantError'
import { useRehearsal } from './useRehearsal'

interface PlaygroundProps {
  assistant: Assistant
  draft: Partial<AssistantValues>
}

export function Playground({ assistant, draft }: PlaygroundProps) {
  const { t } = useTranslation('assistants')
  const canTry = useCan('ai.read')
  const errorText = useAssistantError()
  const [lines, setLines] = useState<Line[]>([])
  const [text, setText] = useState('')
  const { run, words, isBusy, error, begin, forget } = useRehearsal(assistant.id)
  const talk = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (run?.state === 'completed' && run.answer)
      setLines((said) =>
        said.at(-1)?.role === 'user' ? [...said, { role: 'assistant', text: run.answer }] : said,
      )
  }, [run])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the newest words are what is looked at
  useEffect(() => {
    talk.current?.scrollTo({ top: talk.current.scrollHeight })
  }, [lines, words, run])
  function send(): void {
    const messages: Line[] = [...lines, { role: 'user', text: text.trim() }]
    setLines(messages)
    setText('')
    begin(messages, draft)
  }
  return (
    <Section title={t('playground.title')} description={t('playground.text')}>
      <div ref={talk} className={classes.talk} role="log" aria-label={t('playground.talk')}>
        {lines.length === 0 && (
          <p className={classes.hint}>
            <IconRobot size={18} /> {t('playground.empty')}
          </p>
        )}
        {lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added
          <p key={at} className={classes.line} data-role={line.role}>
            {line.text}
          </p>
        ))}
        {words && (
          <p className={classes.line} data-role="assistant" aria-live="off" data-testid="playground-words">
            {words}
          </p>
        )}
        {isBusy && !words && <p className={classes.hint}>{t('playground.thinking')}</p>}
        {run && isOver(run) && run.handover && (
          <p className={classes.over}>
            {t('playground.handover', { reason: t(`reasons.${run.handover.reason}`) })}
          </p>
        )}
      </div>
      {error && (
        <Alert color="red" icon={<IconWarning size={18} />} role="alert">
          {errorText(error)}
        </Alert>
      )}
      <div className={classes.ask}>
        <Textarea
          aria-label={t('playground.say')}
          placeholder={t('playground.say')}
          autosize
          maxRows={4}
          value={text}
          maxLength={8000}
          data-testid="playground-text"
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || !text.trim() || isBusy) return
            event.preventDefault()
            send()
          }}
        />
        <Button
          onClick={send}
          disabled={!canTry || !text.trim()}
          loading={isBusy}
          data-testid="playground-send"
        >
          {t('playground.send')}
        </Button>
      </div>
      {lines.length > 0 && (
        <Button
          variant="subtle"
          size="compact-sm"
          disabled={isBusy}
          onClick={() => {
            setLines([])
            forget()
          }}
        >
          {t('playground.again')}
        </Button>
      )}
      {run && <Steps run={run} />}
    </Section>
  )
}
