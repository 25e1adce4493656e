/** A slim line: what WhatsApp told about the customer, or what happened in a group. */

import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime, formatTime } from '@/shared/lib/dates'
import { IconInfo } from '@/shared/ui/icons'
import classes from './Bubble.module.css'

export function SystemLine({ message }: { message: Message }) {
  const { t, exists } = useTranslation('inbox')
  const event = `news.${String(message.content.event ?? '')}`
  return (
    <p className={classes.system} data-testid={`bubble-${message.id}`} data-event={message.content.event}>
      <IconInfo size={14} aria-hidden /> {message.body || t(exists(event) ? event : 'kinds.system')}{' '}
      <time dateTime={message.at} title={formatDateTime(message.at)}>
        {formatTime(message.at)}
      </time>
    </p>
  )
}
