/** People whose names begin as the word after the @: arrows and Enter choose. */
import type { User } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { Avatar } from '@/shared/ui/Avatar'
import classes from './Composer.module.css'

type Named = Pick<User, 'id' | 'name'>

interface MentionsProps {
  people: readonly Named[]
  current: number
  onPick: (person: Named) => void
}

export function Mentions({ people, current, onPick }: MentionsProps) {
  const { t } = useTranslation('inbox')
  return (
    <div
      className={classes.mentions}
      role="listbox"
      aria-label={t('composer.mention')}
      id="mentions"
      tabIndex={-1}
    >
      {people.map((person, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field, which keeps the focus, hears the keys
        <div
          key={person.id}
          role="option"
          tabIndex={-1}
          id={`mention-${person.id}`}
          aria-selected={index === current}
          className={classes.mention}
          data-testid={`mention-${person.id}`}
          // The field must not lose the focus to the list.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(person)}
        >
          <Avatar name={person.name} size={24} />
          <span className="hd-ellipsis">{person.name}</span>
        </div>
      ))}
    </div>
  )
}
