"""Which assistant has the word where: by number, queue and hours, the first by position."""

from typing import Any

from django.utils.timezone import now

from integrations.models import Assistant
from integrations.models.assistant import Hours
from tenants.statements import Statement
from tickets import hours
from tickets.models import Connection, Ticket
from tickets.models.hours import calendar_for


def serves(connection: Connection) -> bool:
    """Whether any may answer on this number."""
    return any(_covers(found.connections, connection.pk) for found in _reach.rows())


@Statement
def _reach() -> Any:
    """Asked with each batch of messages of people who wait."""
    return Assistant.objects.on_duty().values_list("connections", named=True)


def assistant_for(ticket: Ticket) -> Assistant | None:
    """Who answers in this conversation now."""
    rows = list(Assistant.objects.on_duty().order_by("position", "pk").select_related("handover_queue"))
    if not rows:
        return None
    wanted = {Hours.ALWAYS, Hours.CLOSED if is_closed(ticket) else Hours.OPEN}
    return next(
        (
            row
            for row in rows
            if _covers(row.connections, ticket.connection_id)
            and _covers(row.queues, ticket.queue_id)
            and row.hours in wanted
        ),
        None,
    )


def is_closed(ticket: Ticket) -> bool:
    """Outside of the hours that count for it; without any it is always open."""
    calendar = calendar_for(ticket)
    return calendar is not None and not hours.is_open(calendar, now())


def _covers(chosen: list[int], pk: int | None) -> bool:
    return not chosen or pk in chosen
