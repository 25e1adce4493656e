/** What WhatsApp does not hand to businesses, or this version does not know: named as well as it can be. */

import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { IconUnsupported } from '@/shared/ui/icons'
import classes from './kinds.module.css'
import { TextBody } from './TextBody'

export function Unsupported({ message }: { message: Message }) {
  const { t, exists } = useTranslation('inbox')
  const type = typeof message.content.type === 'string' ? message.content.type : 'unknown'
  const named = `unsupported.${type}`
  return (
    <>
      <span className={classes.unsupported} data-testid={`unsupported-${message.id}`}>
        <IconUnsupported size={18} aria-hidden />
        <span>{exists(named) ? t(named) : t('unsupported.other', { type })}</span>
      </span>
      {message.body && <TextBody text={message.body} />}
    </>
  )
}
