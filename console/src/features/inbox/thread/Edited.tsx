/** "Edited" beside the time; pressing it shows what the message said before. */
import { useState } from 'react'
import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime } from '@/shared/lib/dates'
import classes from './Edited.module.css'

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
