"""Notes about a customer: written, corrected by their author, removed by the author or an administrator."""

from django.db import transaction

from helpdesk.errors import NotAllowed, Refused
from helpdesk.events import Event, publish, publish_data
from tenants.models import User
from tickets.events import CONTACT_NOTE_CREATED, CONTACT_NOTE_DELETED, CONTACT_NOTE_UPDATED
from tickets.models import Contact, ContactNote
from tickets.serializers.contact_note import ContactNoteSerializer

MOST = 1_000  # of one contact


@transaction.atomic
def write(contact: Contact, *, body: str, by: User | None) -> ContactNote:
    """One more note; the earlier ones stay."""
    contact = Contact.objects.locked(contact.pk)
    if ContactNote.objects.filter(contact=contact).count() >= MOST:
        raise Refused("notes_full", f"A contact can have {MOST} notes.")
    note = ContactNote(contact=contact, body=body, author=by)
    note.save()
    return _tell(CONTACT_NOTE_CREATED, note)


@transaction.atomic
def correct(note: ContactNote, *, body: str, by: User | None) -> ContactNote:
    """Only what its author says is the author's."""
    note = ContactNote.objects.with_parts().locked(note.pk)
    _require_author(note, by, "Only who wrote a note can change it.")
    note.body = body
    note.save(update_fields=["body"])
    return _tell(CONTACT_NOTE_UPDATED, note)


@transaction.atomic
def remove(note: ContactNote, *, by: User | None, of_others: bool) -> None:
    """Gone for everybody."""
    note = ContactNote.objects.with_parts().locked(note.pk)
    if not of_others:
        _require_author(note, by, "Only an administrator can remove the note of somebody else.")
    shown, company_id = ContactNoteSerializer(note).data, note.company_id
    note.delete()
    publish_data(CONTACT_NOTE_DELETED, company_id, shown, to={"company"})


def _require_author(note: ContactNote, by: User | None, otherwise: str) -> None:
    if by is None or note.author_id != by.pk:
        raise NotAllowed("note_of_another", otherwise)


def _tell(event: Event, note: ContactNote) -> ContactNote:
    publish(event, note, to={"company"})
    return note
