"""When a customer writes: may anything answer by itself, and, a moment later, what does.

Whether it may is decided from rows that the inbound batch holds anyway: an ordinary message to an agent costs
nothing. The answer is a timer, so it comes once however many workers and clocks there are, survives a lost
broker, and waits until the customer has stopped typing: each further message moves it.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.timezone import now

from tickets import menus
from tickets.actions import dialogue, following, timers, whole, word
from tickets.models import Connection, Message, Timer
from tickets.models.message import Direction, Kind
from tickets.models.ticket import Status

TIMER = "answer"
PAUSE = timedelta(seconds=1)  # between two messages of somebody who is still writing
MOST = 20  # messages looked at; who writes more at once is read from there on
ANSWERED = "answered"
MISSED = "missed"  # in a message's content: it is of an hour that is over, and only people answer it
BY_HAND = "by_hand"  # somebody answered on the phone: from then on nothing here speaks by itself


def expect(connection: Connection, messages: Iterable[Message]) -> set[int]:
    """Start the timers of the tickets where something may answer; their ids. Part of the inbound batch."""
    has_voice = cache(lambda: any(import_string(path)(connection) for path in settings.VOICES))
    wanted = {
        message.ticket_id
        for message in messages
        if MISSED not in message.content and _is_wanted(connection, message, has_voice)
    }
    due_at = now() + PAUSE
    timers.start_all([timers.timer(TIMER, due_at=due_at, ticket=pk) for pk in sorted(wanted)])
    return wanted


def ring(timer: Timer) -> None:
    """The customer has written and paused."""
    assert timer.ticket_id is not None
    answer(timer.ticket_id)


def answer(ticket_id: int) -> None:
    """Ask the responders about each message that none was asked about. The caller's transaction locks the ticket;
    a second run finds nothing new."""
    ticket = whole.locked(ticket_id)
    after = int(ticket.dialogue.get(ANSWERED, 0))
    rows = Message.objects.filter(ticket=ticket_id, direction=Direction.IN, pk__gt=after)
    newest = rows.order_by("-pk")[:MOST]
    unanswered = [message for message in newest if MISSED not in message.content][::-1]
    if not unanswered:
        return
    for message in unanswered:
        message.ticket = ticket
        message.more_follow = message is not unanswered[-1]
        if _ask(message):
            dialogue.refreshed(ticket)
    dialogue.remember(ticket, ANSWERED, unanswered[-1].pk)
    following.offer(ticket_id)


def _ask(message: Message) -> bool:
    if message.ticket.contact.bot_off or message.ticket.contact.is_blocked:
        return False
    return any(import_string(path)(message) for path in settings.RESPONDERS)


def _is_wanted(connection: Connection, message: Message, has_voice: Callable[[], bool]) -> bool:
    ticket = message.ticket
    if ticket.dialogue.get(BY_HAND):
        return False
    if ticket.contact.bot_off or ticket.contact.is_group:
        return False
    if ticket.awaiting:
        return True
    if message.kind == Kind.AUDIO and not ticket.contact.may_speak(connection.company.option("accept_audio")):
        return True
    if message.kind == Kind.CALL and not connection.company.option("accept_calls"):
        return True
    if ticket.status != Status.PENDING or ticket.agent_id is not None:
        return False
    return _may_speak(connection, message) or (not word.is_peoples(ticket) and has_voice())


def _may_speak(connection: Connection, message: Message) -> bool:
    """Whether anything speaks to those who wait on this number."""
    ticket = message.ticket
    option = connection.company.option
    if option("vacation") or option("consent") or (option("out_of_hours") and option("hours_of") != "off"):
        return True
    if connection.menu_id is not None:
        walked = dialogue.part(ticket, "menu")
        again = walked.get("gave_up_at") and option("menu_pause_minutes")
        return not walked.get("done") or bool(again) or menus.is_command(message.body)
    if "menu" in ticket.dialogue:
        return False  # greeted already
    queue = connection.queue
    greets = queue is not None and option("greet_single") and (queue.greeting or queue.files)
    return bool(connection.greeting or greets or (queue is not None and queue.closes))
