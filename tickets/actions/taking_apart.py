"""What goes back when a merge of contacts is undone: the rows that moved, and what came since for their addresses."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import now

from helpdesk.errors import Refused
from tickets.actions import merging
from tickets.models import (
    Contact,
    ContactAddress,
    ContactMerge,
    ContactNote,
    ContactTag,
    Message,
    Rating,
    ScheduledContact,
    ScheduledSend,
    Ticket,
    TicketHistory,
)

MOVED: dict[str, Any] = {
    "addresses": ContactAddress,
    "tickets": Ticket,
    "notes": ContactNote,
    "ratings": Rating,
    "scheduled_contacts": ScheduledContact,
    "scheduled_sends": ScheduledSend,
}


def give_back(row: ContactMerge, survivor: Contact, merged: Contact) -> list[int]:
    """Part of the caller's transaction, which holds both contacts. Answers the tickets that went back."""
    theirs = _addresses(row, survivor)
    new = _tickets_since(row, survivor, theirs)
    for kind, model in MOVED.items():
        ids = row.moved[kind] + {"addresses": theirs["new"], "tickets": new}.get(kind, [])
        found = model.objects.filter(pk__in=ids, contact=survivor)
        found.update(contact=merged, version=F("version") + 1, updated_at=now())
    for pair in reversed(row.moved["ticket_merges"]):
        _part_tickets(pair)
    ContactTag.objects.filter(contact=survivor, tag__in=row.moved["tags"]).delete()
    return [*row.moved["tickets"], *new]


def _addresses(row: ContactMerge, survivor: Contact) -> dict[str, Any]:
    """The words of the moved addresses, and the ids of those that were learned since from the same person."""
    moved = ContactAddress.objects.filter(pk__in=row.moved["addresses"])
    words = {_word(one) for one in moved}
    new = ContactAddress.objects.filter(contact=survivor, created_at__gt=row.created_at).order_by("id")
    theirs = []
    for one in new:
        said = Message.objects.filter(ticket__contact=survivor, heard_from__contains=[_word(one)])
        beside = said.order_by("id").values_list("heard_from", flat=True).first() or []
        if words & set(beside):
            theirs.append(one.pk)
            words.add(_word(one))
    return {"words": words, "new": theirs}


def _tickets_since(row: ContactMerge, survivor: Contact, theirs: dict[str, Any]) -> list[int]:
    """Tickets that began after the merge, where the customer wrote from one of these addresses."""
    since = Ticket.objects.filter(contact=survivor, created_at__gt=row.created_at).exclude(
        pk__in=row.moved["tickets"]
    )
    found = []
    for ticket in since:
        said = ticket.messages.filter(heard_from__isnull=False).order_by("id")
        first = said.values_list("heard_from", flat=True).first() or []
        if theirs["words"] & set(first):
            found.append(ticket.pk)
    return found


def _part_tickets(pair: dict[str, int]) -> None:
    """The tickets as they were, when nothing happened in them since; else each has its own messages again."""
    step = TicketHistory.objects.get(pk=pair["step"])
    target = Ticket.objects.locked(pair["target"])
    try:
        with transaction.atomic():
            merging.take_back(target, step)
            return
    except (Refused, IntegrityError):
        pass
    source = Ticket.objects.locked(pair["source"])
    assert step.undo is not None
    Message.objects.filter(pk__in=step.undo["messages"]).update(ticket=source, version=F("version") + 1)
    source.merged_into = None
    for ticket in (source, target):
        last = ticket.messages.exclude(direction="internal").order_by("-at", "-id").first()
        ticket.last_message = last
        ticket.save(update_fields=["merged_into", "last_message"])


def _word(address: ContactAddress) -> str:
    return f"{address.kind}:{address.value}"
