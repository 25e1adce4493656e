/** What messages of a group show besides their author: names for mentions, and how many have ours. */
import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { IconUsers } from '@/shared/ui/icons'
import { isFromGroup } from './GroupAuthor'
import classes from './InGroup.module.css'

/** "Read by 2, delivered to 3", as numbers beside the ticks. */
export function GroupReceipts({ message }: { message: Message }) {
  const { t } = useTranslation('inbox')
  const states = Object.values((message.content.receipts as Record<string, string> | undefined) ?? {})
  if (states.length === 0) return null
  const read = states.filter((state) => state === 'read' || state === 'played').length
  const delivered = states.filter((state) => state !== 'sent').length
  const words = t('inGroup.receipts', { read, delivered })
  return (
    <span className={classes.receipts} role="img" aria-label={words} title={words}>
      <IconUsers size={13} aria-hidden /> {read}/{delivered}
    </span>
  )
}

/** Mentions come as numbers; people know names. */
export function withNames(message: Message): string {
  if (!isFromGroup(message.content)) return message.body
  const mentions = (message.content.mentions as { text: string; name: string }[] | undefined) ?? []
  return mentions.reduce((body, { text, name }) => body.replaceAll(text, `@${name}`), message.body)
}
