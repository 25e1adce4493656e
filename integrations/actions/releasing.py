"""A person gives the word back: assistants and bots may answer in this conversation again."""

from django.db import transaction
from django.utils.timezone import now

from helpdesk.errors import Refused
from tenants.models import User
from tickets.actions import answering, dialogue, tell, timers, whole
from tickets.models import Message, Ticket
from tickets.models.history import HistoryKind
from tickets.models.message import Direction


@transaction.atomic
def release(ticket: Ticket, *, by: User) -> Ticket:
    """What the customer wrote last and nobody answered is answered first. Refused where people have the ticket."""
    ticket = whole.locked(ticket.pk)
    if not ticket.is_waiting:
        raise Refused("ticket_not_waiting", "Give the ticket back to its queue first.")
    ticket.word = 0
    ticket.save(update_fields=["word"])
    dialogue.forget(ticket, answering.BY_HAND)
    ticket.history.create(kind=HistoryKind.RELEASED, by=by)
    said = Message.objects.filter(ticket=ticket.pk).exclude(direction=Direction.INTERNAL)
    last: Message | None = said.order_by("-pk").first()
    if last is not None and last.direction == Direction.IN:
        dialogue.remember(ticket, answering.ANSWERED, last.pk - 1)
        timers.start(answering.TIMER, ticket=ticket, due_at=now())
    tell.ticket_changed(ticket)
    return ticket
