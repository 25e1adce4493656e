"""The assistant among the responders: who has the word in a conversation, and customers who want a person at once."""

from integrations.actions import places, thinking, turns, wishes
from integrations.models import Assistant
from tickets import menus
from tickets.actions import dialogue
from tickets.models import Connection, Message, Ticket
from tickets.models.ticket import Awaiting
from tickets.responders import hours


def serves(connection: Connection) -> bool:
    """Whether any assistant may answer on this number (settings.VOICES)."""
    return places.serves(connection)


def goes_on(message: Message) -> bool:
    """Asked before the business hours are told: who has the word keeps it, and some have it while it is closed."""
    ticket = message.ticket
    if not ticket.is_waiting or _wants_menu(ticket, message):
        return False
    if ticket.awaiting == Awaiting.BOT:
        return _keeps_word(ticket, message)
    if ticket.awaiting or hours.chooses_first(message) or not places.is_closed(ticket):
        return False
    return answer(message)


def answer(message: Message) -> bool:
    """The last of all: nothing else had to say anything."""
    ticket = message.ticket
    if not ticket.is_waiting or ticket.awaiting:
        return False
    assistant = places.assistant_for(ticket)
    return assistant is not None and _hears(ticket, message, assistant)


def _keeps_word(ticket: Ticket, message: Message) -> bool:
    last = turns.newest(ticket)
    if last is None or last.who != "assistant":
        return False
    if last.assistant is None or last.assistant.deleted_at is not None or not last.assistant.is_on:
        return message.more_follow or _to_people(
            ticket, message, turns.Who(last.name, last.assistant), "off_duty"
        )
    return _hears(ticket, message, last.assistant)


def _hears(ticket: Ticket, message: Message, assistant: Assistant) -> bool:
    if not turns.may_begin(ticket, thinking.who(assistant)):
        return False
    if wishes.asks_for_person(message.body):
        return _to_people(ticket, message, thinking.who(assistant), "asked")
    return message.more_follow or thinking.expect(ticket, message, assistant)


def _to_people(ticket: Ticket, message: Message, who: turns.Who, reason: str) -> bool:
    """At once, and without asking a model."""
    turn = turns.begin(ticket, message, who)
    if turn is None:
        return False
    turns.hand_over(turn, reason)
    dialogue.refreshed(ticket)
    return True


def _wants_menu(ticket: Ticket, message: Message) -> bool:
    """Who is with an assistant may still go back to the menu."""
    if ticket.connection.menu_id is None or not dialogue.part(ticket, "menu").get("done"):
        return False
    return menus.is_command(message.body, str(message.content.get("id") or ""))
