/** One case side by side: what the customer asked, what people answered, what the assistant would say, and why not. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { ExamCase } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatNumber } from '@/shared/lib/dates'
import { useCan } from '@/shared/session/store'
import classes from './exams.module.css'
import { Override } from './Override'

export function CaseReader({ row }: { row: ExamCase }) {
  const { t, exists } = useTranslation('exams')
  const canJudge = useCan('ai.write')
  const verdict = row.verdict || 'waiting'
  const known = `reasons.${row.reason}`
  return (
    <article className={classes.case} aria-label={t('caseOf', { position: row.position })}>
      <header className={classes.verdict} data-verdict={verdict}>
        <strong data-testid="verdict">{t(`verdicts.${verdict}`)}</strong>
        {row.reason && <span>{exists(known) ? t(known) : row.reason}</span>}
        {row.judged_by && row.found && (
          <span className={classes.small}>
            {t('judgedBy', { name: row.judged_by.name, was: t(`verdicts.${row.found}`) })}
          </span>
        )}
      </header>
      <section className={classes.asked}>
        <h3>{t('customer')}</h3>
        {row.context.map(({ by, text }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was said before never changes its order
          <p key={place} className={classes.before}>
            <b>{t(by === 'customer' ? 'customer' : 'people')}:</b> {text}
          </p>
        ))}
        <p className={classes.text}>{row.question}</p>
        {row.ticket && (
          <Link to="/inbox" search={{ ticket: row.ticket.id }} className={classes.small}>
            {t('ticket', { number: row.ticket.number })}
          </Link>
        )}
      </section>
      <div className={classes.sides}>
        <Side title={t('people')} empty={t('nothingExpected')} text={row.expected}>
          {row.needs_person && <p className={classes.small}>{t('personExpected')}</p>}
        </Side>
        <Side title={t('assistant')} empty={t('noAnswer')} text={row.answer} isOurs>
          <Handover row={row} />
          {row.acts.length > 0 && (
            <p className={classes.small}>
              {t('acts', { acts: row.acts.map((act) => String(act.kind)).join(', ') })}
            </p>
          )}
          <Took row={row} />
        </Side>
      </div>
      <Sources row={row} />
      {canJudge && row.verdict && <Override key={row.version} row={row} />}
    </article>
  )
}

interface SideProps {
  title: string
  text: string
  empty: string
  isOurs?: boolean
  children: ReactNode
}

function Side({ title, text, empty, isOurs, children }: SideProps) {
  return (
    <section className={classes.side} data-ours={isOurs || undefined}>
      <h3>{title}</h3>
      {text ? <p className={classes.text}>{text}</p> : <p className={classes.small}>{empty}</p>}
      {children}
    </section>
  )
}

function Handover({ row: { handover } }: { row: ExamCase }) {
  const { t, exists } = useTranslation('exams')
  if (!handover) return null
  const reason = `handovers.${handover.reason}`
  return (
    <p className={classes.handover}>
      <b>{t('handedOver')}</b> {exists(reason) ? t(reason) : handover.reason}
      {handover.note && <span className={classes.note}>{handover.note}</span>}
    </p>
  )
}

function Took({ row: { latency_ms, input_tokens, output_tokens } }: { row: ExamCase }) {
  const { t } = useTranslation('exams')
  if (latency_ms === null) return null
  const seconds = formatNumber(Math.round(latency_ms / 100) / 10)
  return (
    <p className={classes.small}>
      {t('took', { seconds, tokens: formatNumber(input_tokens + output_tokens) })}
    </p>
  )
}

function Sources({ row: { sources } }: { row: ExamCase }) {
  const { t } = useTranslation('exams')
  if (sources.length === 0) return null
  return (
    <section className={classes.sources}>
      <h3>{t('sourcesOf')}</h3>
      {sources.map(({ title, text, url }) => (
        <details key={url + title}>
          <summary>{title || t('untitled')}</summary>
          <p className={classes.text}>{text}</p>
        </details>
      ))}
    </section>
  )
}
