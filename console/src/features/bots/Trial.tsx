/** A small phone in which one says something to the bot as it is saved; nothing reaches a customer. */
import { ActionIcon, Badge, Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Bot, BotCheck } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { IconRefresh, IconSend } from '@/shared/ui/icons'
import { Section } from '@/shared/ui/Section'
import { PhoneBubble } from '@/shared/variables/PhoneBubble'
import classes from './bots.module.css'
import { useTrial } from './queries'

interface Line {
  text: string
  from: 'customer' | 'bot' | 'outcome'
}

export function Trial({ bot }: { bot: Bot }) {
  const { t } = useTranslation('bots')
  const errorText = useErrorText()
  const trial = useTrial(bot.id)
  const linesOf = useLines()
  const [lines, setLines] = useState<Line[]>([])
  const [answer, setAnswer] = useState<BotCheck | null>(null)
  const [said, setSaid] = useState('')
  function say(text: string): void {
    if (!text.trim() || trial.isPending) return
    setSaid('')
    setLines((before) => [...before, { text, from: 'customer' }])
    trial.mutate(
      { text, before: answer },
      {
        onSuccess: (next) => {
          setAnswer(next)
          setLines((before) => [...before, ...linesOf(next)])
        },
      },
    )
  }
  function restart(): void {
    setLines([])
    setAnswer(null)
    trial.reset()
  }
  const choices = answer?.is_over ? [] : (answer?.bubbles.at(-1)?.choices ?? [])
  return (
    <Section
      title={t('trial')}
      description={t('trialText')}
      aside={
        <ActionIcon variant="subtle" aria-label={t('trialAgain')} onClick={restart}>
          <IconRefresh size={16} />
        </ActionIcon>
      }
    >
      <div className={classes.inside}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <div className={classes.chat} role="log" tabIndex={0} aria-label={t('trial')} data-testid="bot-trial">
          {lines.map(({ text, from }, index) =>
            from === 'outcome' ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added
              <p key={index} className={classes.outcome}>
                {text}
              </p>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added
              <PhoneBubble key={index} text={text} isTheirs={from === 'customer'} />
            ),
          )}
          {trial.isError && (
            <p className={classes.outcome} role="alert">
              {errorText(trial.error)}
            </p>
          )}
        </div>
        {choices.length > 0 && (
          <div className={classes.choices}>
            {choices.map(({ id, title }) => (
              <Button key={id} size="xs" variant="default" onClick={() => say(title)}>
                {title}
              </Button>
            ))}
          </div>
        )}
        <div className={classes.say}>
          <TextInput
            className={classes.grow}
            aria-label={t('trialSay')}
            placeholder={t('trialSay')}
            value={said}
            onChange={(event) => setSaid(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              say(said)
            }}
          />
          <ActionIcon size="lg" aria-label={t('send')} loading={trial.isPending} onClick={() => say(said)}>
            <IconSend size={16} />
          </ActionIcon>
        </div>
        {answer && <Badge variant="default">{t('latency', { ms: answer.latency_ms })}</Badge>}
      </div>
    </Section>
  )
}

function useLines(): (answer: BotCheck) => Line[] {
  const { t } = useTranslation('bots')
  return (answer) => {
    if (!answer.ok) {
      const why = t(`troubles.${answer.code}`)
      return [{ text: [why, answer.detail].filter(Boolean).join(' '), from: 'outcome' }]
    }
    const bubbles: Line[] = answer.bubbles.map(({ text, url, choices }) => ({
      text: [text, url, ...choices.map(({ title }, index) => `${index + 1}. ${title}`)]
        .filter(Boolean)
        .join('\n'),
      from: 'bot',
    }))
    const acts: Line[] = answer.acts.map(({ what, value }) => ({
      text: t(`acts.${what}`, { value }),
      from: 'outcome',
    }))
    const end: Line[] = answer.is_over ? [{ text: t('trialOver'), from: 'outcome' }] : []
    const silent: Line[] = answer.is_pending ? [{ text: t('trialPending'), from: 'outcome' }] : []
    return [...bubbles, ...silent, ...acts, ...end]
  }
}
