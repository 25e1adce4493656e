"""Who has the word in a conversation: people, or one thing that answers by itself, an assistant or a bot.

`Ticket.word` is the holder's token, 0 while nothing asked for it, and PEOPLE once a person has acted. What the holder
says carries the token (`content.word`) and leaves only while the ticket still has it: an act of people takes the word
in its own transaction and withdraws what has not left, and sending looks again on the locked ticket before each try.
Only a message whose try has begun cannot be taken back.
"""

from typing import Any

from django.db import transaction

from tickets.actions import following, outcomes, tell
from tickets.models import Contact, Message, Ticket
from tickets.models.message import Direction, State
from tickets.models.ticket import Awaiting

PEOPLE = -1
MARK = "word"  # in a message's content: the token with which it was said
WITHDRAWN = outcomes.problem("withdrawn", "A person took over before this left.", "", "none")


def is_held(ticket: Ticket) -> bool:
    """Whether something that answers by itself has the word, or had it and no person has acted since."""
    return ticket.word > 0


def is_peoples(ticket: Ticket) -> bool:
    return ticket.word == PEOPLE


def give(ticket: Ticket, token: int) -> list[str]:
    """It may speak from now on; who holds the word already keeps it. Answers the fields to save.

    The caller has locked the ticket and knows that people do not have the word.
    """
    assert not is_peoples(ticket), "people have the word"
    if is_held(ticket):
        return []
    ticket.word = token
    return ["word"]


def taken(ticket: Ticket) -> list[str]:
    """A person acts in this locked ticket: from now on only people speak. Answers the fields to save."""
    fields = []
    if is_held(ticket) and _withdraw(ticket):
        fields.append("last_message")
    if not is_peoples(ticket):
        ticket.word = PEOPLE
        fields.append("word")
    if ticket.awaiting == Awaiting.BOT:
        ticket.awaiting = Awaiting.NOTHING
        fields.append("awaiting")
    return fields


def begun_anew(ticket: Ticket) -> list[str]:
    """Another episode of this locked ticket, in which people have not acted yet. What was said in the last one and
    has not left never will: nobody has that word any more. Answers the fields to save."""
    was_shown = is_held(ticket) and _withdraw(ticket)
    ticket.word = 0
    return ["word", "last_message"] if was_shown else ["word"]


def take(ticket: Ticket) -> None:
    """The same where nothing else is saved. Who held the word leaves the ticket waiting for an agent."""
    was, fields = ticket.awaiting, taken(ticket)
    if fields:
        ticket.save(update_fields=fields)
    if was != ticket.awaiting:
        following.moved(ticket, by_person=True)
    if {"awaiting", "last_message"} & {*fields}:
        tell.ticket_changed(ticket)


def taken_from(contact: Contact) -> None:
    """Nothing speaks to this contact by itself any more: people have the word in each of their conversations."""
    rows = Ticket.objects.live().filter(contact=contact.pk).exclude(word=PEOPLE)
    for ticket in rows.order_by("pk").select_related("queue", "contact").select_for_update(of=("self",)):
        take(ticket)


def may_leave(message: Message) -> bool:
    """Asked in the transaction in which a try begins. What lost the word meanwhile is withdrawn here."""
    if MARK not in message.content:
        return True
    ticket: Ticket = Ticket.objects.select_related("contact").locked(message.ticket_id)
    if ticket.word == message.content[MARK] and not (ticket.contact.bot_off or ticket.contact.is_blocked):
        return True
    if _cancel(Message.objects.filter(pk=message.pk)) and ticket.last_message_id == message.pk:
        _show_another(ticket)
        ticket.save(update_fields=["last_message"])
        tell.ticket_changed(ticket)
    return False


def unmarked(content: dict[str, Any]) -> dict[str, Any]:
    """A person sends it again: it is theirs now."""
    return {name: value for name, value in content.items() if name != MARK}


def _withdraw(ticket: Ticket) -> bool:
    """Whether the list showed one of those that were taken back."""
    gone = _cancel(Message.objects.filter(ticket=ticket.pk, content__has_key=MARK))
    if ticket.last_message_id not in gone:
        return False
    _show_another(ticket)
    return True


def _cancel(rows: Any) -> set[int]:
    waiting = rows.filter(state=State.QUEUED, direction=Direction.OUT).order_by("pk")
    with transaction.atomic():
        ids = list(waiting.select_for_update(of=("self",)).values_list("pk", flat=True))
        for message in outcomes.whole().filter(pk__in=ids).order_by("pk"):
            outcomes.change(message, state=State.CANCELLED, error=WITHDRAWN, not_before=None)
    return set(ids)


def _show_another(ticket: Ticket) -> None:
    """A list shows the newest message that stands."""
    standing = Message.objects.filter(ticket=ticket.pk).exclude(state=State.CANCELLED)
    ticket.last_message = standing.exclude(direction=Direction.INTERNAL).order_by("-at", "-id").first()
