"""It is closed: the customer is told once in each closed period, by each rule, and nothing else answers."""

from datetime import UTC, datetime

from django.utils.timezone import now

from tickets import hours, menus
from tickets.actions import automatic, dialogue
from tickets.models import Message, Ticket
from tickets.models.hours import CONNECTION, QUEUE, hours_of
from tickets.phrases import text_of

OCCASION = "out_of_hours"
EVER = datetime(2000, 1, 1, tzinfo=UTC)


def answer(message: Message) -> bool:
    ticket = message.ticket
    if not ticket.is_waiting or chooses_first(message):
        return False
    return tell_if_closed(ticket, silent=message.more_follow)


def tell_if_closed(ticket: Ticket, *, silent: bool = False) -> bool:
    """Whether it is closed here now, and the customer knows it."""
    company = ticket.company
    found, rule = hours_of(company, ticket.connection, ticket.queue)
    if found is None or not company.option("out_of_hours"):
        return False
    calendar, at = found.calendar(company), now()
    if hours.is_open(calendar, at):
        return False
    occasion = f"{OCCASION}.{rule}"
    since = hours.closed_since(calendar, at) or EVER
    if not silent and not automatic.told(ticket, occasion, since=since):
        automatic.say(ticket, _text(ticket, rule), occasion=occasion)
    return True


def chooses_first(message: Message) -> bool:
    """Where each queue has hours of its own, the customer chooses the queue before any hours count."""
    ticket = message.ticket
    if ticket.connection.menu_id is None or ticket.company.option("hours_of") != QUEUE:
        return False
    return not dialogue.part(ticket, "menu").get("done") or menus.is_command(message.body)


def _text(ticket: Ticket, rule: str) -> str:
    whose = rule.partition(":")[0]
    if whose == QUEUE and ticket.queue is not None and ticket.queue.out_of_hours:
        return ticket.queue.out_of_hours
    if whose in {QUEUE, CONNECTION} and ticket.connection.out_of_hours:
        return ticket.connection.out_of_hours
    return text_of(ticket.company, OCCASION)
