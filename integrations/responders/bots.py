"""Bots of others among the responders: who has the word in a conversation, and who is called by a word."""

from integrations.actions import bot_duty, bot_turns
from tickets import menus
from tickets.actions import dialogue
from tickets.models import Connection, Message, Ticket
from tickets.models.message import Kind
from tickets.models.ticket import Awaiting
from tickets.responders import hours

CALLED = {Awaiting.NOTHING, Awaiting.MENU}  # where a start word is listened to


def serves(connection: Connection) -> bool:
    """Whether any bot may answer on this number (settings.VOICES)."""
    return bot_duty.serves(connection)


def goes_on(message: Message) -> bool:
    """Asked before the business hours are told: who has the word keeps it, and some have it while it is closed."""
    ticket = message.ticket
    if not ticket.is_waiting or _is_refused_audio(message):
        return False
    session = bot_duty.session_of(ticket)
    if session is not None:
        if ticket.awaiting == Awaiting.BOT:
            return not _wants_menu(ticket, message) and bot_turns.hears(ticket, message, session)
        bot_duty.end(session, "people")  # they took the word, or gave the ticket back
    if ticket.awaiting in CALLED and (bot := bot_duty.called_by(ticket, message.body)) is not None:
        return bot_turns.begins(ticket, message, bot)
    if ticket.awaiting or hours.chooses_first(message) or not bot_duty.is_closed(ticket):
        return False
    return answer(message)


def answer(message: Message) -> bool:
    """After the menu: nothing else had to say anything."""
    ticket = message.ticket
    if not ticket.is_waiting or ticket.awaiting or _is_refused_audio(message):
        return False
    bot = bot_duty.bot_for(ticket, message.body)
    return bot is not None and bot_turns.begins(ticket, message, bot)


def _is_refused_audio(message: Message) -> bool:
    """Voice messages that the company does not listen to are answered by its own rule."""
    company = message.ticket.company
    return message.kind == Kind.AUDIO and not message.ticket.contact.may_speak(company.option("accept_audio"))


def _wants_menu(ticket: Ticket, message: Message) -> bool:
    """Who is with a bot may still go back to the menu."""
    if ticket.connection.menu_id is None or not dialogue.part(ticket, "menu").get("done"):
        return False
    return menus.is_command(message.body, str(message.content.get("id") or ""))
