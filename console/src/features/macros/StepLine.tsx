/** One step of a macro as it would happen: in words and names, or why it cannot. */
import type { MacroReport } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime } from '@/shared/lib/dates'
import { formatWhatsApp } from '@/shared/lib/formatWhatsApp'
import { IconAttach, IconWarning } from '@/shared/ui/icons'
import classes from './macros.module.css'
import { isKind, STEP_ICONS } from './steps'

export function StepLine({ step: { kind, shown, problem } }: { step: MacroReport }) {
  const { t, exists } = useTranslation('macros')
  if (!isKind(kind)) return null
  const Sign = STEP_ICONS[kind]
  const reason =
    problem && (exists(`problems.${problem.code}`) ? t(`problems.${problem.code}`) : problem.detail)
  return (
    <li className={classes.line} data-problem={problem ? true : undefined}>
      <Sign size={18} aria-hidden className={classes.sign} />
      <div className={classes.what}>
        <strong>{t(`kinds.${kind}`)}</strong>
        {reason ? (
          <span className={classes.problem}>
            <IconWarning size={15} aria-hidden /> {reason}
          </span>
        ) : (
          <What kind={kind} shown={shown} />
        )}
      </div>
    </li>
  )
}

type Shown = Record<string, unknown>

function What({ kind, shown }: { kind: string; shown: Shown }) {
  const { t } = useTranslation('macros')
  const text = typeof shown.text === 'string' ? shown.text : ''
  switch (kind) {
    case 'reply':
    case 'quick_reply':
      return (
        <>
          {text && <div className={classes.bubble}>{formatWhatsApp(text)}</div>}
          {namesIn(shown.attachments).map((name) => (
            <span key={name} className={classes.fileName}>
              <IconAttach size={14} aria-hidden /> {name}
            </span>
          ))}
        </>
      )
    case 'note':
      return (
        <div className={classes.bubble} data-note>
          {formatWhatsApp(text)}
        </div>
      )
    case 'add_tags':
    case 'remove_tags':
      return <Tags tags={shown.tags} />
    case 'priority':
      return <span>{t(`priorities.${String(shown.priority)}`)}</span>
    case 'field':
      return (
        <span>
          {String(shown.label)}: {wordsOf(shown.value)}
        </span>
      )
    case 'snooze':
      return (
        <span>{typeof shown.until === 'string' ? formatDateTime(shown.until) : t('snooze.untilReply')}</span>
      )
    case 'close':
      return shown.silent ? <span>{t('silent')}</span> : null
    default:
      return <span>{[nameIn(shown.queue), nameIn(shown.agent), text].filter(Boolean).join(' · ')}</span>
  }
}

function Tags({ tags }: { tags: unknown }) {
  const rows = Array.isArray(tags) ? (tags as { id: number; name: string; color: string }[]) : []
  return (
    <span className={classes.tags}>
      {rows.map(({ id, name, color }) => (
        <span key={id} className={classes.tag}>
          <span className={classes.dot} style={{ background: color }} /> {name}
        </span>
      ))}
    </span>
  )
}

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ')
  return value === true ? '✓' : value === false || value === null ? '—' : String(value)
}

function namesIn(rows: unknown): string[] {
  return Array.isArray(rows) ? rows.map(nameIn) : []
}

function nameIn(row: unknown): string {
  return typeof row === 'object' && row !== null && 'name' in row ? String(row.name) : ''
}
