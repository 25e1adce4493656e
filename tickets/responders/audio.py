"""Voice messages that are not listened to, by rule of the company or of one contact: each is answered."""

from tickets.actions import automatic
from tickets.models import Message
from tickets.models.message import Kind
from tickets.phrases import text_of

OCCASION = "audio_refusal"


def answer(message: Message) -> bool:
    ticket = message.ticket
    wanted = ticket.contact.may_speak(ticket.company.option("accept_audio"))
    if message.kind != Kind.AUDIO or ticket.is_closed or wanted:
        return False
    automatic.say(ticket, text_of(ticket.company, OCCASION), occasion=OCCASION, reply_to=message)
    return True
