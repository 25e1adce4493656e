/** What a message said before it was changed, under what it says now. */
import { Loader } from '@mantine/core'
import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime, formatTime } from '@/shared/lib/dates'
import { useEdits } from '../data/edits'
import classes from './Edited.module.css'
import { TextBody } from './kinds/TextBody'

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
