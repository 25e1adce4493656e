"""Calls that nobody takes, by rule of the company: who calls is asked to write."""

from tickets.actions import automatic
from tickets.models import Message
from tickets.models.message import Kind
from tickets.phrases import text_of

OCCASION = "call_refusal"


def is_refused(message: Message) -> bool:
    """A call of the customer that was not answered, in a company that takes none."""
    if message.kind != Kind.CALL or message.ticket.company.option("accept_calls"):
        return False
    return bool(message.content.get("direction") != "out" and message.content.get("event") != "answered")


def answer(message: Message) -> bool:
    ticket = message.ticket
    if ticket.is_closed or not is_refused(message):
        return False
    automatic.say(ticket, text_of(ticket.company, OCCASION), occasion=OCCASION)
    return True
