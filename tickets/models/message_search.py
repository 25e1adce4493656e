"""Messages that say something: the newest first, a page at a time, whatever their number.

Most words that people type are either frequent, and then the newest few thousand messages hold a page of them,
or rare, and then the index names them all. What is neither (frequent once, or frequent among tickets that this
person may not see) is walked for in parts: a part that ends before its page is full says how far it came.
`messages_matching` runs as the owner of the tables, because row-level security keeps PostgreSQL from using the
index; like `contacts_matching` it takes the company from the fence's own setting, and whatever it answers is
read again through the fence.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import connection

GLANCE = 4_000
OFTEN = 40  # of a glance: such words are in too many messages for the index to be worth asking
FEW = 20_000
STRIDE = 20_000
FEW_TICKETS = 200


class Place(NamedTuple):
    """A message's place in time; `id` 0 stands before all messages of that moment."""

    at: datetime
    id: int


@dataclass(frozen=True)
class Wanted:
    """`words` in any order, the last of them perhaps not typed to its end; `phrases` as they stand."""

    words: str = ""
    is_unfinished: bool = True
    phrases: list[str] = field(default_factory=list)
    tickets: Sequence[int] | None = None  # only in these
    notes_only: bool = False
    since: datetime | None = None

    @property
    def is_empty(self) -> bool:
        return not any(sign.isalnum() for text in (self.words, *self.phrases) for sign in text)


@dataclass(frozen=True)
class Found:
    """`more_before`: where to go on looking; None when everything was looked at."""

    places: list[Place]
    more_before: Place | None


def newest(wanted: Wanted, *, before: Place | None, most: int) -> Found:
    """Up to `most` messages before a place, the newest first."""
    if wanted.is_empty or (wanted.tickets is not None and not wanted.tickets):
        return Found([], None)
    if wanted.tickets is not None and len(wanted.tickets) <= FEW_TICKETS:
        return _whole(_ask("tickets", wanted, before, most, 0), most)
    glanced = _ask("walk", wanted, before, most, GLANCE)
    if len(glanced.places) == most or glanced.more_before is None:
        return _whole(glanced, most)
    if len(glanced.places) < OFTEN:
        named = _ask("index", wanted, before, most, FEW)
        if named.more_before is None:
            return _whole(named, most)
    rest = _ask("walk", wanted, glanced.more_before, most - len(glanced.places), STRIDE)
    together = [*glanced.places, *rest.places]
    return _whole(Found(together, rest.more_before), most)


def _whole(found: Found, most: int) -> Found:
    """A full page goes on behind its last message."""
    return Found(found.places, found.places[-1]) if len(found.places) >= most else found


def _ask(way: str, wanted: Wanted, before: Place | None, most: int, reach: int) -> Found:
    tickets = None if wanted.tickets is None else list(wanted.tickets)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT found_id, found_at, is_mark FROM messages_matching("
            "%s, %s, %s, %s::text[], %s::bigint[], %s, %s::timestamptz, %s::timestamptz, %s::bigint, %s, %s)",
            [
                way, wanted.words, wanted.is_unfinished, wanted.phrases, tickets, wanted.notes_only,
                wanted.since, before.at if before else None, before.id if before else None, most, reach,
            ],
        )  # fmt: skip
        rows = cursor.fetchall()
    places = [Place(at, pk) for pk, at, is_mark in rows if not is_mark]
    marks = [Place(at, pk) for pk, at, is_mark in rows if is_mark]
    return Found(places, marks[0] if marks else None)
