"""Slim lines in a conversation: what WhatsApp tells about the customer, who did not say it to us."""

from django.db import transaction

from tickets.actions import tell
from tickets.actions.addresses import key, living
from tickets.models import Connection, Message, Ticket
from tickets.models.message import Direction, Kind, State
from tickets.transport import Notice


@transaction.atomic(savepoint=False)
def add(connection: Connection, notice: Notice) -> Message | None:
    """Into the live conversation; without one there is nobody to tell. Repeating it adds nothing."""
    known = living(notice.sender.addresses)
    rows = (row for address in notice.sender.addresses if (row := known.get(key(address))))
    found = next(rows, None)
    if found is None:
        return None
    tickets = Ticket.objects.live().filter(connection=connection, contact=found.contact_id)
    ticket: Ticket | None = tickets.order_by("pk").select_for_update().first()
    if ticket is None or _is_there(connection, notice):
        return None
    line: Message = Message.objects.create(
        company_id=ticket.company_id,
        ticket=ticket,
        connection=connection,
        direction=Direction.INTERNAL,
        kind=Kind.SYSTEM,
        content={"event": notice.event},
        state=State.RECEIVED,
        provider_id=notice.provider_id,
        at=max(notice.at, ticket.created_at),
    )
    tell.message_created(line)
    return line


def _is_there(connection: Connection, notice: Notice) -> bool:
    return bool(Message.objects.filter(connection=connection, provider_id=notice.provider_id).exists())
