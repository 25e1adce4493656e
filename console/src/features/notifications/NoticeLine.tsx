/** One notification: what happened, to whom, when. */
import { Link } from '@tanstack/react-router'
import type { Notice } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useTrouble } from '@/shared/i18n/trouble'
import { formatNumber } from '@/shared/lib/dates'
import {
  type Icon,
  IconBell,
  IconCheck,
  IconClock,
  IconConnection,
  IconDone,
  IconFailed,
  IconHourglass,
  IconInbox,
  IconMention,
  IconRobot,
  IconStar,
  IconTemplate,
  IconUserCheck,
  IconUsers,
  IconWarning,
} from '@/shared/ui/icons'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import classes from './Centre.module.css'

const SIGNS: Record<Notice['kind'], Icon> = {
  message: IconInbox,
  new_ticket: IconInbox,
  assigned: IconUserCheck,
  mentioned: IconMention,
  joined: IconUsers,
  woken: IconClock,
  failed: IconFailed,
  rated: IconStar,
  sla_warned: IconHourglass,
  sla_breached: IconWarning,
  number: IconConnection,
  template: IconTemplate,
  ai: IconRobot,
  finished: IconDone,
}

interface NoticeLineProps {
  notice: Notice
  onOpen: () => void
  onRead: () => void
}

export function NoticeLine({ notice, onOpen, onRead }: NoticeLineProps) {
  const { t } = useTranslation('notifications')
  const { kind, ticket, message, read_at } = notice
  const exam = examOf(notice)
  const Sign = SIGNS[kind] ?? IconBell
  const text = useText(notice)
  const body = (
    <>
      <span className={classes.sign} data-kind={kind}>
        <Sign size={17} stroke={1.7} aria-hidden />
      </span>
      <span className={classes.words}>
        <span className={classes.what}>
          <Happened notice={notice} />
        </span>
        {ticket && (
          <span className={classes.about}>
            <span className="hd-ellipsis">{ticket.contact}</span>
            <span className="hd-numbers">#{ticket.number}</span>
          </span>
        )}
        {text && <span className={`hd-ellipsis ${classes.text}`}>{text}</span>}
      </span>
      <TimeAgo at={notice.at} className={classes.when} />
    </>
  )
  return (
    <div className={classes.line} data-unread={!read_at || undefined}>
      {ticket ? (
        <Link
          to="/inbox"
          search={{ ticket: ticket.id, ...(message && { message }) }}
          className={classes.body}
          onClick={onOpen}
        >
          {body}
        </Link>
      ) : exam ? (
        <Link
          to="/settings/exams/$exam"
          params={{ exam: String(exam.exam) }}
          className={classes.body}
          onClick={onOpen}
        >
          {body}
        </Link>
      ) : (
        <span className={classes.body}>{body}</span>
      )}
      {!read_at && (
        <button type="button" className={classes.read} aria-label={t('markRead')} onClick={onRead}>
          <IconCheck size={16} aria-hidden />
        </button>
      )}
    </div>
  )
}

/** Words of people as they are; of a number, what is wrong with it. */
function useText({ kind, data }: Notice): string {
  const trouble = useTrouble()
  const text = typeof data.text === 'string' ? data.text : ''
  if (kind !== 'number' || typeof data.code !== 'string') return text
  const name = String(data.name ?? '')
  return `${name}: ${trouble(data.code, text.slice(name.length + 2))}`
}

function Happened({ notice }: { notice: Notice }) {
  const { t } = useTranslation('notifications')
  const { kind, actor, times } = notice
  const exam = examOf(notice)
  if (exam) {
    const { name, score, passed, stopped } = exam
    const key = stopped ? 'examStopped' : passed ? 'examPassed' : 'examNotPassed'
    return <>{t(`happened.${key}`, { name, score: formatNumber(score ?? 0) })}</>
  }
  const who = actor?.name ?? ''
  const key = who && (kind === 'mentioned' || kind === 'joined' || kind === 'assigned') ? `${kind}By` : kind
  return (
    <>
      {t(`happened.${key}`, { who })}
      {times > 1 && <span className={classes.times}> {t('times', { count: times })}</span>}
    </>
  )
}

interface ExamDone {
  exam: number
  name: string
  score: number | null
  passed: boolean
  /** It could not go on. */
  stopped: boolean
}

function examOf({ kind, data }: Notice): ExamDone | null {
  return kind === 'finished' && 'exam' in data ? (data as unknown as ExamDone) : null
}
