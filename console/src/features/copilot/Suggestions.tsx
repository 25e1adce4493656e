/** Tags, a queue and quick replies that would fit, from the company's own lists: each acts when it is pressed. */
import { useState } from 'react'
import type { CopilotSuggestions } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { IconBolt, IconCheck, IconQueue, IconTag } from '@/shared/ui/icons'
import { toast } from '@/shared/ui/toast'
import type { CopilotProps } from './Copilot'
import classes from './copilot.module.css'
import { takeReply } from './queries'

interface SuggestionsProps {
  suggestions: CopilotSuggestions
  desk: CopilotProps
  onClose: () => void
}

export function Suggestions({
  suggestions: { tags, queue, quick_replies },
  desk,
  onClose,
}: SuggestionsProps) {
  const { t } = useTranslation('copilot')
  const errorText = useErrorText()
  const [moved, setMoved] = useState(false)
  const { ticket, onReply, onTag, onQueue } = desk
  async function take(reply: number): Promise<void> {
    try {
      onReply(await takeReply(reply, ticket.id))
      onClose()
    } catch (error) {
      void toast({ message: errorText(error), tone: 'danger' })
    }
  }
  if (tags.length === 0 && !queue && quick_replies.length === 0)
    return <p className={classes.hint}>{t('nothingFits')}</p>
  return (
    <ul className={classes.list} aria-label={t('acts.tags')} data-testid="copilot-choices">
      {tags.map(({ id, name, color }) => {
        const isWorn = ticket.tags.includes(id)
        return (
          <li key={`tag-${id}`}>
            <button
              type="button"
              className={classes.chip}
              disabled={isWorn}
              data-testid={`copilot-tag-${id}`}
              onClick={() => onTag(id)}
            >
              {isWorn ? <IconCheck size={14} aria-hidden /> : <IconTag size={14} aria-hidden color={color} />}
              {t('addTag', { name })}
            </button>
          </li>
        )
      })}
      {queue && (
        <li>
          <button
            type="button"
            className={classes.chip}
            disabled={moved || ticket.queue?.id === queue.id}
            data-testid={`copilot-queue-${queue.id}`}
            onClick={() => {
              setMoved(true)
              onQueue(queue.id)
            }}
          >
            <IconQueue size={14} aria-hidden color={queue.color} /> {t('move', { name: queue.name })}
          </button>
        </li>
      )}
      {quick_replies.map(({ id, shortcut, title }) => (
        <li key={`reply-${id}`}>
          <button
            type="button"
            className={classes.chip}
            data-testid={`copilot-reply-${id}`}
            onClick={() => void take(id)}
          >
            <IconBolt size={14} aria-hidden /> /{shortcut} · <span className="hd-ellipsis">{title}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
