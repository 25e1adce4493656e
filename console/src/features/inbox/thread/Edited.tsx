/** "Edited" beside the time; pressing it shows what the message said before. */
import { Loader } from '@mantine/core'
import { useState } from 'react'
import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime, formatTime } from '@/shared/lib/dates'
import { useEdits } from '../data/edits'
import classes from './Edited.module.css'
import { TextBody } from './kinds/TextBody'

export function useEarlier(message: Message) {
  const [isOpen, setOpen] = useState(false)
  const isHidden = message.content.hidden === true
  return { isOpen: isOpen && !isHidden, isHidden, toggle: () => setOpen((now) => !now) }
}

export function EditedMark({
  message,
  earlier,
}: {
  message: Message
  earlier: ReturnType<typeof useEarlier>
}) {
  const { t } = useTranslation('inbox')
  if (!message.edited_at || earlier.isHidden) return null
  return (
    <button
      type="button"
      className={classes.mark}
      aria-expanded={earlier.isOpen}
      title={t('edits.show', { at: formatDateTime(message.edited_at) })}
      onClick={earlier.toggle}
      data-testid={`edited-${message.id}`}
    >
      {t('edits.edited')}
    </button>
  )
}

export function EarlierTexts({ message }: { message: Message }) {
  const { t } = useTranslation('inbox')
  const { data, isPending, error } = useEdits(message.id, message.version)
  if (isPending) return <Loader size={14} aria-label={t('edits.loading')} />
  if (error) return <p className={classes.note}>{t('edits.failed')}</p>
  return (
    <ol className={classes.earlier} aria-label={t('edits.earlier')} data-testid={`edits-${message.id}`}>
      {data.map(({ id, body, at }) => (
        <li key={id}>
          <time dateTime={at} title={formatDateTime(at)}>
            {formatTime(at)}
          </time>
          {body ? <TextBody text={body} /> : <em>{t('edits.empty')}</em>}
        </li>
      ))}
    </ol>
  )
}
