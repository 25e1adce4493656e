/** A message that its writer deleted for everyone: said so, with what it was where the company goes on showing it. */

import type { ReactNode } from 'react'
import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime } from '@/shared/lib/dates'
import { IconBlocked } from '@/shared/ui/icons'
import classes from './Edited.module.css'

export function Removed({ message, children }: { message: Message; children: ReactNode }) {
  const { t } = useTranslation('inbox')
  return (
    <>
      <span className={classes.gone} title={formatDateTime(message.removed_at ?? message.at)}>
        <IconBlocked size={15} aria-hidden />{' '}
        {t(`edits.removed.${message.direction === 'in' ? 'in' : 'out'}`)}
      </span>
      {message.content.hidden !== true && (
        <del className={classes.struck} data-testid={`removed-${message.id}`}>
          {children}
        </del>
      )}
    </>
  )
}
