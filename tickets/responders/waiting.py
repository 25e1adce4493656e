"""In the queue from now on, and nothing answers there by itself: outside of its hours customers learn that, else their
place in it."""

from tickets.actions import position
from tickets.models import Message
from tickets.responders import hours


def answer(message: Message) -> bool:
    ticket = message.ticket
    if not message.begins_to_wait:
        return False
    if not hours.tell_if_closed(ticket):
        position.tell(ticket)
    return True
