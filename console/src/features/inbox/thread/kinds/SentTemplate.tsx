/** A template that we sent, as the customer saw it. */
import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { readShown } from '@/shared/templates/parts'
import { TemplateBubble } from '@/shared/templates/TemplateBubble'
import { IconTemplate } from '@/shared/ui/icons'
import { FileBody } from './FileBody'
import classes from './kinds.module.css'

export function SentTemplate({ message }: { message: Message }) {
  const { t } = useTranslation('inbox')
  const { body, content, attachments } = message
  const shown = readShown(body, content)
  const own = shown.header && shown.header.kind !== 'text' ? attachments.slice(0, 1) : []
  const above = own.length > 0 && <FileBody message={{ ...message, body: '', attachments: own }} />
  return (
    <>
      <span className={classes.label}>
        <IconTemplate size={14} aria-hidden /> {t('kinds.template')} {nameOf(content)}
      </span>
      <TemplateBubble shown={shown} above={above} files={attachments} />
    </>
  )
}

function nameOf(content: Message['content']): string {
  const inner = content.template as { name?: string } | undefined
  return inner?.name ?? (typeof content.name === 'string' ? content.name : '')
}
