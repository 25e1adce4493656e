"""When an assistant stops by itself: it has answered often enough, or the conversation goes in circles."""

from difflib import SequenceMatcher

from integrations.models import Turn, TurnState
from tickets.actions import automatic
from tickets.models import Message, Ticket
from tickets.models.message import Direction, Kind

SAME = 3  # messages in a row that say the same
LIKE = 0.92
LOOKED_AT = 400  # characters


def stops(ticket: Ticket, turn: Turn) -> str:
    """Why a person should go on before another word is said, or ""."""
    assert turn.assistant is not None
    answers = Turn.objects.filter(ticket=ticket.pk, hold=turn.hold, state=TurnState.SPOKEN, bot=None)
    if answers.count() >= turn.assistant.max_answers:
        return "max_answers"
    if automatic.is_talkative(ticket) or _repeats(ticket, Direction.IN):
        return "loop"
    return ""


def says_it_again(ticket: Ticket, text: str) -> bool:
    """Whether it would say for the third time what it said the last two times."""
    said = automatic.said(ticket, "assistant").filter(kind=Kind.TEXT).order_by("-pk")
    lately = list(said.values_list("body", flat=True)[: SAME - 1])
    return len(lately) == SAME - 1 and all(_alike(text, one) for one in lately)


def _repeats(ticket: Ticket, direction: str) -> bool:
    """Another robot sends the same again and again, whatever it is told. Between two of its messages we spoke."""
    rows = Message.objects.filter(ticket=ticket.pk, kind=Kind.TEXT).exclude(direction=Direction.INTERNAL)
    lately = list(rows.order_by("-pk").values_list("direction", "body")[: SAME * 3])
    theirs = [body for way, body in lately if way == direction][:SAME]
    ours = [body for way, body in lately if way != direction]
    if len(theirs) < SAME or len(ours) < SAME - 1:
        return False
    return all(_alike(theirs[0], body) for body in theirs[1:])


def _alike(one: str, other: str) -> bool:
    a, b = _bare(one), _bare(other)
    return bool(a) and (a == b or SequenceMatcher(None, a, b, autojunk=False).ratio() >= LIKE)


def _bare(text: str) -> str:
    return " ".join(text[:LOOKED_AT].casefold().split())
