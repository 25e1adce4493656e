"""Whose turn it is to answer a customer by itself, and whether it still is when the answer is ready.

`begin()` is part of the transaction in which the responders are asked. What thinks does so outside of any
transaction and then asks for the floor: `speak()` locks the ticket and looks whether this turn may still speak.
Nothing is said after a person has acted, after the customer wrote on (another turn covers both messages), or by a
worker that was given up. A turn that may speak always ends in words, in a hand-over, or in a closed ticket.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from integrations.actions.floor import Floor, Say
from integrations.models import Assistant, Turn, TurnState
from tickets.actions import answering, dialogue, whole, word
from tickets.models import Message, Ticket
from tickets.models.message import Direction
from tickets.models.ticket import Awaiting

LEASE = timedelta(seconds=90)  # a worker that thinks for longer says so in between


@dataclass(frozen=True, slots=True)
class Who:
    """What answers: an assistant, or a bot by its id. `name` is how people know it."""

    name: str
    assistant: Assistant | None = None
    bot: int | None = None


def may_begin(ticket: Ticket, who: Who) -> bool:
    """Whether this may speak here at all: the ticket waits, people have not acted, it has not handed over."""
    contact = ticket.contact
    if not ticket.is_waiting or word.is_peoples(ticket):
        return False
    if contact.bot_off or contact.is_blocked or contact.is_group or ticket.dialogue.get(answering.BY_HAND):
        return False
    return not _has_handed_over(ticket, who)


def begin(ticket: Ticket, message: Message, who: Who, *, waits: bool = False) -> Turn | None:
    """A turn that answers everything up to this message; it takes the place of one that is under way. None: it may
    not speak here. `waits`: it does not think yet, because the customer may go on writing."""
    if not may_begin(ticket, who):
        return None
    earlier: Turn | None = Turn.objects.under_way().select_for_update().filter(ticket=ticket.pk).first()
    if earlier is not None:
        finish(earlier, TurnState.DISCARDED, "customer_wrote_on")
    return _create(ticket, who, since=earlier.since if earlier else message.pk, upto=message.pk, waits=waits)


def speak(
    turn: Turn, say: Say, *, steps: list[Any] | None = None, usage: dict[str, Any] | None = None
) -> bool:
    """Let it speak if it still may: everything `say` does with the floor happens in one transaction. False: it was
    too late, and nothing was said. `steps` and `usage` are kept either way."""
    with transaction.atomic():
        ticket, row = locked(turn)
        row.steps = row.steps if steps is None else steps
        for name, value in (usage or {}).items():
            setattr(row, name, value)
        if why := too_late(ticket, row):
            finish(row, TurnState.DISCARDED, why)
            return False
        floor = Floor(ticket, row)
        say(floor)
        state, outcome = floor.leave()
        finish(row, state, outcome)
        return True


def hand_over(turn: Turn, reason: str, *, detail: str = "") -> bool:
    """People go on, because this turn cannot: with words to the customer and a note for the agent."""
    return speak(turn, lambda floor: floor.hand_over(reason, note=detail))


def extend(turn: Turn) -> bool:
    """It still thinks. False: it can stop, since it may no longer speak."""
    mine = Turn.objects.filter(pk=turn.pk, state=TurnState.THINKING)
    return bool(mine.update(lease_until=now() + LEASE)) and not too_late(*_read(turn))


def too_late(ticket: Ticket, turn: Turn) -> str:
    """Why it may not speak, or "". On locked rows this is the decision."""
    if not turn.is_under_way:
        return turn.outcome
    if ticket.word != turn.hold:
        return "person_acted"
    if not ticket.is_waiting or ticket.deleted_at is not None:
        return "not_waiting"
    if ticket.contact.bot_off or ticket.contact.is_blocked:
        return "opted_out"
    if ticket.awaiting != Awaiting.BOT:
        return "word_passed_on"
    return "customer_wrote_on" if _newer(ticket, turn) else ""


def think(turn: Turn) -> None:
    """From now on, on the locked row; a worker that is not heard of for too long is given up."""
    turn.state, turn.begun_at, turn.lease_until = TurnState.THINKING, now(), now() + LEASE
    turn.save(update_fields=["state", "begun_at", "lease_until"])


def again(ticket: Ticket, turn: Turn) -> Turn:
    """Its worker died: another turn for the same messages, with a token of its own."""
    finish(turn, TurnState.FAILED, "worker_lost")
    who = Who(turn.name, turn.assistant, turn.bot)
    return _create(ticket, who, since=turn.since, upto=turn.upto, waits=False, tries=turn.tries + 1)


def finish(turn: Turn, state: TurnState, outcome: str) -> None:
    """Also of one that was finished before: what its worker found out is kept, how it ended stays."""
    if turn.is_under_way:
        turn.state, turn.outcome, turn.finished_at = state, outcome, now()
    turn.save()


def locked(turn: Turn) -> tuple[Ticket, Turn]:
    """The ticket first, as every story does."""
    return whole.locked(turn.ticket_id), Turn.objects.select_related("assistant").locked(turn.pk)


def newest(ticket: Ticket) -> Turn | None:
    found: Turn | None = (
        Turn.objects.select_related("assistant").filter(ticket=ticket.pk).order_by("-id").first()
    )
    return found


def _read(turn: Turn) -> tuple[Ticket, Turn]:
    return Ticket.objects.select_related("contact").get(pk=turn.ticket_id), Turn.objects.get(pk=turn.pk)


def _create(ticket: Ticket, who: Who, *, since: int, upto: int, waits: bool, tries: int = 0) -> Turn:
    turn: Turn = Turn.objects.create(
        ticket=ticket, assistant=who.assistant, bot=who.bot, name=who.name[:80], since=since, upto=upto,
        state=TurnState.WAITING, tries=tries,
    )  # fmt: skip
    dialogue.wait_for(ticket, Awaiting.BOT, also=word.give(ticket, turn.token))
    turn.hold = ticket.word
    turn.save(update_fields=["hold"])
    if not waits:
        think(turn)
    return turn


def _has_handed_over(ticket: Ticket, who: Who) -> bool:
    """Once in a conversation; a bot may hand over to an assistant."""
    if not word.is_held(ticket):
        return False
    rows = Turn.objects.filter(ticket=ticket.pk, hold=ticket.word, state=TurnState.HANDED_OVER)
    return bool(rows.filter(bot__isnull=who.bot is None).exists())


def _newer(ticket: Ticket, turn: Turn) -> bool:
    rows = Message.objects.filter(ticket=ticket.pk, direction=Direction.IN, pk__gt=turn.upto)
    return bool(rows.exclude(content__has_key=answering.MISSED).exists())
