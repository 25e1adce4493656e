"""The steps of a ticket's history that can be taken back: what was before is kept with each of them."""

from datetime import datetime
from typing import Any

from helpdesk.errors import Refused
from tenants.models import User
from tickets.actions import tags
from tickets.models import Tag, Ticket, TicketHistory
from tickets.models.history import HistoryKind

TAGS = "tags"  # the one thing to go back to that is not a column of the ticket

Kept = dict[str, Any]


def snapshot(ticket: Ticket, *names: str) -> Kept:
    """The values of these columns (agents and queues as `agent_id`, `queue_id`) and `tags`, as JSON."""
    return {name: _value(ticket, name) for name in names}


def record(
    ticket: Ticket,
    kind: HistoryKind,
    *,
    by: User | None,
    was: Kept,
    data: dict[str, Any] | None = None,
    **more: Any,
) -> TicketHistory:
    """Note a step that its author can take back; `was` is the snapshot from before it."""
    undo = {"was": was, "is": snapshot(ticket, *was), **more} if by is not None else None
    step: TicketHistory = ticket.history.create(kind=kind, by=by, data=data or {}, undo=undo)
    return step


def restore(ticket: Ticket, step: TicketHistory) -> None:
    """Put back what was before the step. Refused when any of it changed since."""
    assert step.undo is not None
    was, after = step.undo["was"], step.undo["is"]
    if snapshot(ticket, *after) != after:
        raise too_late()
    fields = {field.attname: field for field in Ticket._meta.concrete_fields}
    columns = [name for name in was if name != TAGS]
    for name in columns:
        setattr(ticket, name, fields[name].to_python(was[name]))
    if columns:
        ticket.save(update_fields=columns)
    if TAGS in was:
        living = Tag.objects.live().filter(pk__in=was[TAGS])
        tags.put_on_ticket(ticket, living.values_list("pk", flat=True))


def too_late() -> Refused:
    return Refused("undo_too_late", "This can no longer be undone.")


def _value(ticket: Ticket, name: str) -> Any:
    if name == TAGS:
        rows = ticket.ticket_tags.filter(tag__deleted_at=None).order_by("tag_id")
        return list(rows.values_list("tag_id", flat=True))
    value = getattr(ticket, name)
    return value.isoformat() if isinstance(value, datetime) else value
