"""Cases for an exam: out of the company's last closed tickets, or out of a set of questions.

Of a ticket only what was said is taken, without the customer's name and number. The first question that says
something and the first answers of people to it make a case; what was said before is its context.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q

from integrations.models import ExamCase, ExamSet
from tickets.models import Message, Ticket
from tickets.models.message import BY_ITSELF, Direction, Kind, State
from tickets.models.ticket import Status

BATCH = 50  # tickets that are read at once
MOST_READ = 2_000  # tickets that are looked at for one exam
MESSAGES = 40  # of a ticket: the beginning of the conversation
SAYS_SOMETHING = 12  # characters of a question or an answer; "Oi" and "1" are none
LONGEST = 4_000
ROUNDS = 3  # how far into a conversation the first real question may stand

_ONLY_A_CHOICE = re.compile(r"\W*\d{0,2}\W*")
_WANTS_A_PERSON = re.compile(
    r"\b(falar|hablar|talk|speak|chat)\b.{0,30}\b(atendente|humano|pessoa|agente|persona|human|person|agent|someone"
    r"|alguem|alguém|alguien|gerente|manager|operador|operadora)\b",
    re.IGNORECASE | re.DOTALL,
)
_LOST = [State.FAILED, State.CANCELLED, State.EXPIRED, State.PARKED, State.QUEUED]


@dataclass
class _Round:
    """What a customer said in one go, and what people answered in one go."""

    asked: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)

    @property
    def is_telling(self) -> bool:
        return min(len(" ".join(self.asked)), len(" ".join(self.answered))) >= SAYS_SOMETHING


def from_set(questions: ExamSet, size: int) -> list[ExamCase]:
    return [
        ExamCase(
            question=one["question"], expected=one["expected"], needs_person=one["needs_person"]
        )
        for one in questions.questions[:size]
    ]  # fmt: skip


def from_tickets(size: int) -> list[ExamCase]:
    """The newest closed tickets that a person answered, newest first."""
    cases: list[ExamCase] = []
    for tickets in _batches():
        said = _said_in(tickets)
        for ticket in tickets:
            case = _case(ticket, said.get(ticket.pk, []))
            if case is not None:
                cases.append(case)
            if len(cases) == size:
                return cases
    return cases


def count_tickets(most: int) -> int:
    """How many closed tickets a person answered, up to `most`: cheaper than making the cases."""
    return len(_answered()[:most])


def _batches() -> Iterator[list[Ticket]]:
    rows = _answered()
    for first in range(0, MOST_READ, BATCH):
        batch = list(rows[first : first + BATCH])
        if not batch:
            return
        yield batch


def _answered() -> Any:
    by_people = Message.objects.filter(_by_people(), ticket=OuterRef("pk"))
    closed = Ticket.objects.shown().filter(status=Status.CLOSED, contact__is_group=False, merged_into=None)
    return closed.filter(Exists(by_people)).order_by("-closed_at", "-id").only("pk", "company_id")


def _by_people() -> Q:
    wrote = Q(direction=Direction.OUT, removed_at=None) & ~Q(state__in=_LOST) & ~Q(body="")
    return wrote & ~BY_ITSELF


def _said_in(tickets: Sequence[Ticket]) -> dict[int, list[Any]]:
    """The beginnings of these conversations."""
    rows = Message.objects.filter(ticket__in=[ticket.pk for ticket in tickets], removed_at=None)
    heard = Q(direction=Direction.IN) | _by_people()
    kinds = [Kind.TEXT, Kind.AUDIO, Kind.IMAGE, Kind.DOCUMENT, Kind.BUTTON_REPLY, Kind.LIST_REPLY]
    found: dict[int, list[Any]] = {}
    rows = rows.filter(heard, kind__in=kinds).select_related("text").order_by("ticket", "at", "id")
    for message in rows.defer("content", "reactions", "pricing"):
        said = found.setdefault(message.ticket_id, [])
        if len(said) < MESSAGES:
            said.append(message)
    return found


def _case(ticket: Ticket, messages: list[Any]) -> ExamCase | None:
    rounds = _rounds(messages)[:ROUNDS]
    for place, one in enumerate(rounds):
        if one.is_telling:
            question = "\n".join(one.asked)[:LONGEST]
            return ExamCase(
                ticket=ticket,
                context=_context(rounds[:place]),
                question=question,
                expected="\n".join(one.answered)[:LONGEST],
                needs_person=True if _WANTS_A_PERSON.search(question) else None,
            )
    return None


def _rounds(messages: list[Any]) -> list[_Round]:
    rounds = [_Round()]
    for message in messages:
        text = _text(message)
        if not text:
            continue
        if message.direction == Direction.IN:
            if rounds[-1].answered:
                rounds.append(_Round())
            rounds[-1].asked.append(text)
        elif rounds[-1].asked:  # what people say before the customer does answers nothing
            rounds[-1].answered.append(text)
    return rounds


def _text(message: Any) -> str:
    """What was written, or heard in a voice note; nothing when it is a choice of a menu."""
    body = str(message.body).strip()
    if not body and message.kind == Kind.AUDIO and hasattr(message, "text"):
        body = str(message.text.transcript).strip()
    is_choice = message.direction == Direction.IN and _ONLY_A_CHOICE.fullmatch(body)
    return "" if is_choice else body


def _context(rounds: list[_Round]) -> list[dict[str, str]]:
    return [
        {"by": by, "text": text[:LONGEST]}
        for one in rounds
        for by, texts in (("customer", one.asked), ("people", one.answered))
        for text in texts
    ]
