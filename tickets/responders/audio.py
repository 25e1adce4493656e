"""The company does not listen to voice messages: each is answered with a text that quotes it."""

from tickets.actions import automatic
from tickets.models import Message
from tickets.models.message import Kind
from tickets.phrases import text_of

OCCASION = "audio_refusal"


def answer(message: Message) -> bool:
    ticket = message.ticket
    if message.kind != Kind.AUDIO or ticket.is_closed or ticket.company.option("accept_audio"):
        return False
    automatic.say(ticket, text_of(ticket.company, OCCASION), occasion=OCCASION, reply_to=message)
    return True
