"""Where a customer stands in a queue."""

from django.db.models import Q

from tickets.actions import automatic
from tickets.models import Message, Ticket
from tickets.models.ticket import Status
from tickets.phrases import text_of

OCCASION = "position"


def of(ticket: Ticket) -> int:
    """1 for who is next. Those in a menu do not count, and among equals the earlier ticket is before."""
    waiting = Ticket.objects.shown().filter(
        queue=ticket.queue_id, status=Status.PENDING, agent=None, awaiting="", snoozed_at=None
    )
    since = ticket.waiting_since or ticket.last_message_at
    before = Q(waiting_since__lt=since) | Q(waiting_since=since, pk__lt=ticket.pk)
    return int(waiting.filter(before).exclude(pk=ticket.pk).count()) + 1


def tell(ticket: Ticket) -> Message | None:
    """Say it, where the company wants it said and the customer waits in a queue."""
    if not ticket.company.option(OCCASION) or not ticket.is_waiting or ticket.queue is None:
        return None
    text, number = text_of(ticket.company, OCCASION), of(ticket)
    if "position" not in text.replace(" ", "").partition("{{")[2]:
        text = f"{text} *{number}*"
    return automatic.say(ticket, text, occasion=OCCASION, position=number)
