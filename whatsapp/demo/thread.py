"""Turns the lines of a script into the messages of one conversation."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.timezone import now

from tenants.models import User
from tickets.models import Message, Ticket
from tickets.models.message import Direction, Kind, State
from tickets.models.ticket import Status
from whatsapp.demo.scripts import Line

DIRECTIONS = {"<": Direction.IN, ">": Direction.OUT, "~": Direction.INTERNAL}
PICTURES = {"receipt", "box", "dress"}


def cut(lines: Sequence[Line], status: str, dice: random.Random) -> list[Line]:
    """What has been said so far: all of it, up to some moment, or only the customer's first words."""
    if status == Status.CLOSED:
        return list(lines)
    first_answer = next(place for place, line in enumerate(lines) if line.who == ">")
    if status == Status.PENDING:
        return list(lines[:first_answer])
    return list(lines[: dice.randint(first_answer + 1, len(lines))])


def messages(ticket: Ticket, lines: list[Line], author: User, words: dict[str, str]) -> list[Message]:
    """Files are only marked here, in `content`; they are made when the rows exist."""
    rows: list[Message] = []
    for line in lines:
        if line.who == "+":
            if rows:
                said = next((row for row in reversed(rows) if row.direction == Direction.OUT), None)
                _react(said, line.text, ticket)
            continue
        direction = DIRECTIONS[line.who]
        rows.append(
            Message(
                company_id=ticket.company_id,
                ticket=ticket,
                connection=ticket.connection,
                direction=direction,
                kind=_kind(line),
                body=_filled(line.text, words),
                content={"demo_file": line.file} if line.file else {},
                author=None if direction == Direction.IN else author,
                state=State.READ if direction == Direction.OUT else State.RECEIVED,
            )
        )
    return rows


def place(rows: list[Message], ends: datetime, dice: random.Random) -> None:
    """Give each message its moment, the last one at `ends`; the newest answers are not read yet."""
    at = ends
    for row in reversed(rows):
        row.at = at
        at -= timedelta(seconds=dice.randint(20, 420))
    said = [row for row in rows if row.direction == Direction.OUT]
    if said and said[-1] is rows[-1] and now() - ends < timedelta(hours=2):
        said[-1].state = dice.choice([State.SENT, State.DELIVERED])


def trouble(tickets: list[Ticket], threads: list[list[Message]]) -> None:
    """Some of the newest answers did not go well, so that every state can be seen."""
    open_ones = [
        rows
        for ticket, rows in zip(tickets, threads, strict=True)
        if ticket.status == Status.OPEN and rows[-1].direction == Direction.OUT
    ]
    problems = [
        (State.FAILED, "131026", "Message undeliverable", "The number is not on WhatsApp.", "retry"),
        (
            State.DOUBTFUL,
            "no_answer",
            "It is not known whether this was sent.",
            "The line dropped.",
            "decide",
        ),
        (State.EXPIRED, "window_closed", "The 24-hour window is closed.", "Use a template.", "template"),
    ]
    for rows, (state, code, title, detail, action) in zip(open_ones, problems, strict=False):
        rows[-1].state = state
        rows[-1].error = {"code": code, "title": title, "detail": detail, "action": action}


def _kind(line: Line) -> str:
    if line.who == "~":
        return Kind.NOTE
    if line.file:
        return Kind.IMAGE if line.file in PICTURES else Kind.AUDIO
    return Kind.TEXT


def _filled(text: str, words: dict[str, str]) -> str:
    for name, value in words.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _react(row: Message | None, emoji: str, ticket: Ticket) -> None:
    if row is not None:
        name = ticket.contact.display_name
        row.reactions = [{"emoji": emoji, "by": "contact", "name": name, "at": now().isoformat()}]
