"""Private notes after they were written: their author corrects them; an administrator may remove anybody's."""

from django.db import transaction
from django.utils.timezone import now

from helpdesk.errors import NotAllowed, Refused
from tenants.models import User
from tickets.actions import participants, tell
from tickets.models import Message, Ticket
from tickets.models.message import Kind


@transaction.atomic
def correct(message: Message, *, body: str, mentions: list[int], by: User) -> Message:
    """Only what its author says is the author's."""
    ticket, note = _locked(message)
    if note.author_id != by.pk:
        raise NotAllowed("note_of_another", "Only who wrote a note can change it.")
    new = [pk for pk in mentions if pk not in note.content.get("mentions", [])]
    note.body = body
    note.content = {**note.content, "edited_at": now().isoformat(), "mentions": mentions}
    note.save(update_fields=["body", "content"])
    participants.mention(ticket, note, new, by=by)
    tell.message_changed(note)
    return note


@transaction.atomic
def remove(message: Message, *, by: User, of_others: bool) -> Message:
    """The words are gone; that there was a note stays visible."""
    _, note = _locked(message)
    if note.author_id != by.pk and not of_others:
        raise NotAllowed("note_of_another", "Only an administrator can remove the note of somebody else.")
    note.body = ""
    note.content = {"removed_at": now().isoformat(), "removed_by": {"id": by.pk, "name": by.name}}
    note.save(update_fields=["body", "content"])
    tell.message_changed(note)
    return note


def _locked(message: Message) -> tuple[Ticket, Message]:
    ticket: Ticket = Ticket.objects.locked(message.ticket_id)
    rows = Message.objects.with_parts().select_related("ticket").select_for_update(of=("self",))
    note: Message = rows.get(pk=message.pk)
    if note.kind != Kind.NOTE or "removed_at" in note.content:
        raise Refused("not_a_note", "Only a note can be changed.")
    return ticket, note
