/** A phone that walks the menu as it is on screen, by the server's own rules; nothing is sent to anybody. */
import { ActionIcon, Button, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useQueues, useUsers } from '@/shared/directory/queries'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { IconRefresh, IconSend } from '@/shared/ui/icons'
import { PhoneBubble } from '@/shared/variables/PhoneBubble'
import classes from './menus.module.css'
import { type MenuValues, useWalk } from './queries'

interface Line {
  text: string
  from: 'us' | 'customer' | 'outcome'
}

export function Simulator({ values }: { values: MenuValues }) {
  const { t } = useTranslation('automation')
  const errorText = useErrorText()
  const walk = useWalk(values)
  const outcomeText = useOutcomeText()
  const [lines, setLines] = useState<Line[]>([])
  const [place, setPlace] = useState<{ path: string[]; tries: number } | null>(null)
  const [said, setSaid] = useState('')
  const end = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the newest line comes into sight
  useEffect(() => {
    void end.current?.scrollTo({ top: end.current.scrollHeight })
  }, [lines])
  function step(words: string | null): void {
    const before: Line[] = words === null ? [] : [...lines, { text: words, from: 'customer' }]
    setLines(before)
    const from = words === null ? { path: [], tries: 0 } : (place ?? { path: [], tries: 0 })
    walk.mutate(
      { said: words, ...from },
      {
        onSuccess: (answer) => {
          const says: Line[] = answer.says.map(({ text, files }) => ({
            text: text || t('simulator.files', { count: files.length }),
            from: 'us',
          }))
          const outcome = answer.path ? [] : [{ text: outcomeText(answer), from: 'outcome' as const }]
          setLines([...before, ...says, ...outcome])
          setPlace(answer.path ? { path: answer.path, tries: answer.tries } : null)
        },
      },
    )
  }
  function send(event: FormEvent): void {
    event.preventDefault()
    if (!said.trim()) return
    setSaid('')
    step(said.trim())
  }
  return (
    <aside className={classes.phone} aria-label={t('simulator.title')}>
      <header className={classes.phoneHead}>
        <span>{t('simulator.title')}</span>
        <ActionIcon variant="subtle" aria-label={t('simulator.restart')} onClick={() => step(null)}>
          <IconRefresh size={16} />
        </ActionIcon>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className={classes.chat} ref={end} role="log" tabIndex={0} aria-label={t('simulator.chat')}>
        {lines.length === 0 && (
          <div className={classes.start}>
            <p>{t('simulator.text')}</p>
            <Button variant="default" onClick={() => step(null)} loading={walk.isPending}>
              {t('simulator.start')}
            </Button>
          </div>
        )}
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
        {walk.isError && (
          <p className={classes.outcome} role="alert">
            {errorText(walk.error)}
          </p>
        )}
      </div>
      <form className={classes.say} onSubmit={send}>
        <TextInput
          aria-label={t('simulator.say')}
          placeholder={t('simulator.say')}
          value={said}
          disabled={!place}
          onChange={(event) => setSaid(event.currentTarget.value)}
          className={classes.grow}
        />
        <ActionIcon
          type="submit"
          size="lg"
          variant="filled"
          color="teal"
          aria-label={t('simulator.send')}
          disabled={!place}
        >
          <IconSend size={16} />
        </ActionIcon>
      </form>
    </aside>
  )
}

interface Outcome {
  outcome: string
  queue: number | null
  agent: number | null
}

function useOutcomeText() {
  const { t } = useTranslation('automation')
  const queues = useQueues()
  const users = useUsers()
  return ({ outcome, queue, agent }: Outcome) =>
    t(`simulator.outcomes.${outcome}`, {
      queue: queues.find(({ id }) => id === queue)?.name ?? '',
      agent: users.find(({ id }) => id === agent)?.name ?? '',
    })
}
