/** A contact in the list: a box to choose it, its name as the way in, and the chosen columns. */
import { Badge, Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type MouseEvent, memo } from 'react'
import type { Contact } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { contactTitle } from '@/shared/lib/phone'
import { Avatar } from '@/shared/ui/Avatar'
import { Cell } from './Cell'
import type { Column } from './columns'
import classes from './list.module.css'

interface ContactRowProps {
  contact: Contact
  columns: readonly Column[]
  isChosen: boolean
  /** null for people who may only look. */
  onChoose: ((id: number, isRange: boolean) => void) | null
}

export const ContactRow = memo(function ContactRow({
  contact,
  columns,
  isChosen,
  onChoose,
}: ContactRowProps) {
  const { t } = useTranslation('contacts')
  const title = contactTitle(contact)
  function choose(event: MouseEvent): void {
    onChoose?.(contact.id, event.shiftKey)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows in sight are placed one by one, which a table cannot do
    // biome-ignore lint/a11y/useFocusableInteractive: the controls inside take the focus
    <div
      role="row"
      className={classes.row}
      data-chosen={isChosen || undefined}
      data-testid={`contact-${contact.id}`}
    >
      {onChoose && (
        // biome-ignore lint/a11y/useSemanticElements: see above
        <div role="cell" className={classes.check}>
          <Checkbox
            checked={isChosen}
            aria-label={t('choose', { name: title })}
            onClick={choose}
            onChange={() => undefined}
          />
        </div>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div role="cell" className={classes.person}>
        <Avatar name={title} size={34} />
        <Link
          to="/contacts/$contact"
          params={{ contact: String(contact.id) }}
          className={`${classes.name} hd-ellipsis`}
        >
          {title}
        </Link>
        {contact.is_blocked && (
          <Badge variant="light" color="red" tt="none" className={classes.badge}>
            {t('blocked')}
          </Badge>
        )}
      </div>
      {columns.map(({ id, label }) => (
        // biome-ignore lint/a11y/useSemanticElements: see above
        <div key={id} role="cell" className={classes.cell} data-label={label} data-column={id}>
          <Cell contact={contact} column={id} />
        </div>
      ))}
    </div>
  )
})
