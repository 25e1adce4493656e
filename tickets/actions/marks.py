"""Marks that a ticket carries: how urgent it is and what it is about."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from tenants.models import User
from tickets.actions import steps, tags, tell
from tickets.models import Tag, Ticket
from tickets.models.history import HistoryKind
from tickets.models.ticket import Priority


@transaction.atomic
def prioritize(ticket: Ticket, *, priority: Priority, by: User | None) -> Ticket:
    """How urgent it is, for everyone."""
    ticket = Ticket.objects.locked(ticket.pk)
    if ticket.priority == priority:
        return ticket
    was = steps.snapshot(ticket, "priority")
    data = {"from": Priority(ticket.priority).label, "to": priority.label}
    ticket.priority = priority
    ticket.save(update_fields=["priority"])
    steps.record(ticket, HistoryKind.PRIORITIZED, by=by, was=was, data=data)
    tell.ticket_changed(ticket)
    return ticket


def tag(ticket: Ticket, *, tag_ids: Iterable[int], by: User | None) -> Ticket:
    """Exactly these tags; saying it twice changes nothing."""
    return _tag(ticket, by, wanted=set(tag_ids))


def change_tags(
    ticket: Ticket, *, add: Iterable[int] = (), remove: Iterable[int] = (), by: User | None
) -> Ticket:
    """These more, those less; the others stay."""
    return _tag(ticket, by, add=add, remove=remove)


@transaction.atomic
def _tag(
    ticket: Ticket,
    by: User | None,
    *,
    wanted: set[int] | None = None,
    add: Iterable[int] = (),
    remove: Iterable[int] = (),
) -> Ticket:
    ticket = Ticket.objects.locked(ticket.pk)
    was = steps.snapshot(ticket, steps.TAGS)
    had = set(was[steps.TAGS])
    keep = (had if wanted is None else wanted) | set(add)
    added, removed = tags.put_on_ticket(ticket, keep - set(remove))
    if added or removed:
        data = {"added": _named(added), "removed": _named(removed)}
        steps.record(ticket, HistoryKind.TAGGED, by=by, was=was, data=data)
        tell.ticket_changed(ticket)
    return ticket


def _named(ids: set[int]) -> list[dict[str, Any]]:
    return list(Tag.objects.filter(pk__in=ids).order_by("position", "id").values("id", "name", "color"))
