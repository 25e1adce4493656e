/** Contacts that the customer shared: names and numbers to copy, to keep and to write to. */

import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatPhone } from '@/shared/lib/phone'
import { Avatar } from '@/shared/ui/Avatar'
import { IconCopy } from '@/shared/ui/icons'
import { copyText } from '../BubbleTools'
import { KeepContact } from './KeepContact'
import classes from './kinds.module.css'

interface SharedContact {
  name: string
  phones: string[]
  emails: string[]
}

export function ContactCards({ content, isOurs }: { content: Message['content']; isOurs: boolean }) {
  const { t } = useTranslation('inbox')
  return (
    <span className={classes.contacts}>
      {read(content).map((shared, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
        <span key={index} className={classes.contact}>
          <Avatar name={shared.name || '?'} size={34} />
          <span className={classes.cardText}>
            <span className={classes.cardTitle}>{shared.name || t('kinds.contacts')}</span>
            {[...shared.phones, ...shared.emails].map((way) => (
              <button
                key={way}
                type="button"
                className={classes.way}
                onClick={() => void copyText(way, t('thread.copied'))}
                aria-label={t('contact.copy', { value: shown(way) })}
              >
                {shown(way)} <IconCopy size={13} aria-hidden />
              </button>
            ))}
            {!isOurs && <KeepContact {...shared} />}
          </span>
        </span>
      ))}
    </span>
  )
}

function shown(way: string): string {
  return way.includes('@') ? way : formatPhone(way)
}

/** The server writes a list; whatever else an older version wrote must not break the thread. */
function read(content: unknown): SharedContact[] {
  const inner = Array.isArray(content) ? content : (content as { contacts?: unknown })?.contacts
  if (!Array.isArray(inner)) return []
  return inner.map((item: Partial<Record<keyof SharedContact, unknown>>) => ({
    name: typeof item.name === 'string' ? item.name : '',
    phones: words(item.phones),
    emails: words(item.emails),
  }))
}

function words(list: unknown): string[] {
  return Array.isArray(list)
    ? list
        .map((item) => (typeof item === 'string' ? item : String((item as { phone?: string })?.phone ?? '')))
        .filter(Boolean)
    : []
}
