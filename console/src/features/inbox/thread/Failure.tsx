/** Why a message did not leave, in words, and what can be done about it. */

import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { IconWarning } from '@/shared/ui/icons'
import { openTemplates } from '../composer/templates'
import { useMessageChanges } from '../data/actions'
import { removeEntry, retryEntry } from '../outbox/outbox'
import classes from './Bubble.module.css'
import { copyText } from './BubbleTools'

const SHOWN = ['failed', 'doubtful', 'expired']

export function Failure({ message }: { message: Message }) {
  // What somebody took back needs no reason; what was cancelled by a rule does.
  const isCut = message.state === 'cancelled' && message.error !== null
  return isCut || SHOWN.includes(message.state) ? <Notice message={message} /> : null
}

function Notice({ message }: { message: Message }) {
  const { t } = useTranslation('inbox')
  const { retry, dismiss } = useMessageChanges(message.id)
  const { id, state, error, client_id, body } = message
  const isSaved = id > 0
  // While WhatsApp may still tell by itself, deciding now could send it twice.
  const isUndecided = state === 'doubtful' && error?.action === 'wait'
  const isWindow = error?.code === 'window_closed'
  const isAnswered = error?.code === 'someone_answering' && !isSaved
  const again = () => (isSaved ? retry.mutate() : client_id && retryEntry(client_id, isAnswered))
  const drop = () => (isSaved ? dismiss.mutate() : client_id && removeEntry(client_id))
  const retryLabel =
    state === 'doubtful' ? 'failures.sendAgain' : isAnswered ? 'failures.anyway' : 'failures.retry'
  return (
    <div
      className={classes.failure}
      data-tone={state === 'doubtful' || isAnswered ? 'warning' : 'danger'}
      data-testid={`failure-${id}`}
    >
      <IconWarning size={15} aria-hidden />
      <div className={classes.reason}>
        <strong>{t(isAnswered ? 'failures.waits' : `failures.${state}`)}</strong> {useReason(message)}
        <span className={classes.remedies}>
          {isWindow && <Remedy label={t('window.template')} onClick={() => openTemplates(message.ticket)} />}
          {!isWindow && !isUndecided && state !== 'cancelled' && (
            <Remedy label={t(retryLabel)} onClick={again} />
          )}
          {body && (
            <Remedy label={t('thread.copy')} onClick={() => void copyText(body, t('thread.copied'))} />
          )}
          {(!isSaved || state === 'doubtful') && !isUndecided && (
            <Remedy label={isSaved ? t('failures.markFailed') : t('failures.discard')} onClick={drop} />
          )}
        </span>
      </div>
    </div>
  )
}

/** Known codes in the person's language; others in the words of the server, which are better than none. */
function useReason({ state, error }: Message): string {
  const { t, exists } = useTranslation('inbox')
  if (state === 'doubtful')
    return error?.action === 'wait' ? t('failures.doubtfulWait') : t('failures.doubtfulText')
  if (!error) return ''
  // What seldom happens has its words among the texts that come later.
  const { code } = error
  const known = [`failures.codes.${code}`, `refusals.${code}`, `acts:failures.${code}`].find(exists)
  if (known) return t(known, { name: error.title })
  return [error.title, error.detail].filter(Boolean).join(' ') || t('failures.unknown')
}

function Remedy({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button type="button" className={classes.remedy} onClick={onClick}>
      {label}
    </button>
  )
}
