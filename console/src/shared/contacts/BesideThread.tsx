/** What colleagues keep about a contact, for the panel beside a conversation. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Contact } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import classes from './contacts.module.css'
import { NoteBox } from './NoteBox'
import { NoteCard } from './NoteCard'
import { OwnerField } from './OwnerField'
import { OwnFields } from './OwnFields'
import { notesQuery } from './queries'
import { TagsField } from './TagsField'

const SHOWN = 3

export function BesideThread({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts')
  const mayWrite = useCan('contacts.write')
  const { data: notes = [] } = useQuery(notesQuery(contact.id))
  return (
    <section className={classes.beside} aria-label={t('beside')}>
      <TagsField contact={contact} />
      <OwnerField contact={contact} />
      <OwnFields contact={contact} />
      {notes.slice(0, SHOWN).map((note) => (
        <NoteCard key={note.id} note={note} />
      ))}
      {mayWrite && <NoteBox contact={contact.id} />}
      <Link to="/contacts/$contact" params={{ contact: String(contact.id) }} className={classes.more}>
        {t('wholeHistory')}
      </Link>
    </section>
  )
}
