/** The answer as it comes, what it rests on, or why there is none. */
import { useState } from 'react'
import type { CopilotSource } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { IconExternalLink, IconWarning } from '@/shared/ui/icons'
import type { Act, Answer } from './asking'
import { pieces } from './cited'
import classes from './copilot.module.css'

/** What only an administrator can mend. */
const SETUP = [
  'no_provider',
  'out_of_budget',
  'price_needed',
  'quota',
  'not_authenticated',
  'no_model',
  'bad_request',
]
const GROUNDED: readonly Act[] = ['suggest', 'ask']

export function Result({ act, answer }: { act: Act; answer: Answer }) {
  const { t } = useTranslation('copilot')
  const [open, setOpen] = useState<number | null>(null)
  const known = answer.sources.map(({ number }) => number)
  const shown = pieces(answer.text, known)
  const isDone = answer.state === 'done'
  const cites = shown.some((piece) => typeof piece === 'number')
  return (
    <div className={classes.result} aria-busy={!isDone}>
      {answer.state === 'waiting' && <p className={classes.waiting}>{t('thinking')}</p>}
      {answer.text !== '' && (
        <p className={classes.text} data-writing={!isDone || undefined} data-testid="copilot-text">
          {shown.map((piece, place) =>
            typeof piece === 'number' ? (
              <button
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces are told apart by their place alone
                key={place}
                type="button"
                className={classes.mark}
                aria-label={t('source', { number: piece })}
                onClick={() => setOpen(piece)}
              >
                {piece}
              </button>
            ) : (
              piece
            ),
          )}
        </p>
      )}
      {isDone && answer.error && <Trouble code={answer.error} />}
      {isDone && !answer.error && GROUNDED.includes(act) && !cites && (
        <p className={classes.hint} data-testid="copilot-ungrounded">
          {t(answer.sources.length === 0 ? 'noSources' : 'noneCited')}
        </p>
      )}
      {isDone && answer.sources.length > 0 && (
        <Sources sources={answer.sources} open={open} onOpen={setOpen} />
      )}
    </div>
  )
}

function Trouble({ code }: { code: string }) {
  const { t, exists } = useTranslation('copilot')
  const isAdmin = useCan('ai.write')
  return (
    <p className={classes.trouble} role="alert" data-testid="copilot-trouble">
      <IconWarning size={16} aria-hidden />
      <span>
        {t(exists(`errors.${code}`) ? `errors.${code}` : 'errors.failed')}{' '}
        {SETUP.includes(code) && t(isAdmin ? 'mend' : 'askAdmin')}
      </span>
    </p>
  )
}

interface SourcesProps {
  sources: readonly CopilotSource[]
  open: number | null
  onOpen: (number: number | null) => void
}

function Sources({ sources, open, onOpen }: SourcesProps) {
  const { t } = useTranslation('copilot')
  const chosen = sources.find(({ number }) => number === open)
  return (
    <div className={classes.sources}>
      <ul aria-label={t('sources')} className={classes.list}>
        {sources.map(({ number, title, score }) => (
          <li key={number}>
            <button
              type="button"
              className={classes.chip}
              aria-expanded={number === open}
              title={score === null ? undefined : t('score', { percent: Math.round(score * 100) })}
              data-testid={`copilot-source-${number}`}
              onClick={() => onOpen(number === open ? null : number)}
            >
              <b>{number}</b> <span className="hd-ellipsis">{title}</span>
            </button>
          </li>
        ))}
      </ul>
      {chosen && (
        <div className={classes.passage}>
          <p>{chosen.text}</p>
          <a href={addressOf(chosen)} target="_blank" rel="noreferrer">
            <IconExternalLink size={14} aria-hidden /> {t(`openSource.${chosen.kind}`)}
          </a>
        </div>
      )}
    </div>
  )
}

function addressOf({ kind, id, url }: CopilotSource): string {
  return kind === 'ticket' ? `/inbox?ticket=${id}` : url
}
