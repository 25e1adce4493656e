"""The hits of a search: messages, and tickets whose customer is meant, together in the order of time."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, Q

from tenants.models import Membership
from tickets.models import search
from tickets.models.message import Message
from tickets.models.message_search import Place, Wanted, newest
from tickets.models.queue import Queue
from tickets.models.search_query import Query
from tickets.models.tag import Tag, TicketTag
from tickets.models.ticket import Ticket, TicketQuerySet, Viewer

FEW_TICKETS = 2_000  # fewer than this are named to the index; of more, what it finds is checked
ROUNDS = (200, 1_000)  # messages looked at in turn; then a short page is answered, and the next goes on
PATIENCE = 0.06  # seconds, after which no further round begins
LAST = 2**63 - 1


class Position(NamedTuple):
    """Behind which hit a page starts. At the same moment tickets come before messages."""

    at: datetime
    is_ticket: bool
    id: int


@dataclass(frozen=True)
class Hit:
    ticket_id: int
    at: datetime
    message: Message | None

    @property
    def position(self) -> Position:
        pk = self.ticket_id if self.message is None else self.message.pk
        return Position(self.at, self.message is None, pk)


@dataclass(frozen=True)
class Page:
    hits: list[Hit]
    next: Position | None


def find(query: Query, viewer: Viewer, *, after: Position | None, size: int) -> Page:
    """One page of what this viewer may see of it."""
    tickets = _asked_for(query, viewer)
    if tickets is None:
        return Page([], None)
    messages, more_before = _messages(query, tickets, _before_messages(query, after), size + 1)
    rows = [] if query.notes_only else _tickets(query, tickets, after, size + 1)
    hits = sorted([*messages, *rows], key=lambda hit: hit.position, reverse=True)
    if more_before is not None:
        # Below this place messages are still unknown, so that tickets from there on have to wait.
        hits = [hit for hit in hits if hit.position >= Position(more_before.at, False, more_before.id)]
    if len(hits) > size:
        return Page(hits[:size], hits[size - 1].position)
    if more_before is not None:
        return Page(hits, Position(more_before.at, False, more_before.id))
    return Page(hits, None)


def _asked_for(query: Query, viewer: Viewer) -> TicketQuerySet | None:
    """The tickets that the operators allow; None when one of them names nothing that exists."""
    found: TicketQuerySet = Ticket.objects.visible_to(viewer)
    for state in query.states:
        found = found.filter(_state(state))
    if query.numbers:
        found = found.filter(number__in=query.numbers)
    for value in query.contacts:
        found = found.about(value)
    people = Membership.objects.values_list("user_id", "user__name")
    named: Iterable[tuple[str, list[str], Any]] = (
        ("agent", query.agents, people),
        ("queue", query.queues, Queue.objects.values_list("pk", "name")),
        ("tag", query.tags, Tag.objects.live().values_list("pk", "name")),
    )
    for column, values, rows in named:
        for value in values:
            if column == "agent" and value.casefold() in {"me", "eu", "yo"}:
                ids = [viewer.user_id or 0]
            else:
                ids = [pk for pk, name in rows if search.plain(value) in search.plain(name)]
            if not ids:
                return None
            if column == "tag":
                found = found.filter(pk__in=TicketTag.objects.filter(tag__in=ids).values("ticket"))
            else:
                found = found.filter(**{f"{column}__in": ids})
    return found


def _state(state: str) -> Q:
    if state == "unread":
        return Q(unread_count__gt=0)
    if state == "snoozed":
        return Q(snoozed_at__isnull=False)
    return Q(status=state)


def _before_messages(query: Query, after: Position | None) -> Place | None:
    """Where the messages of this page start."""
    places = [Place(query.before, 0)] if query.before else []
    if after is not None:
        places.append(Place(after.at, LAST if after.is_ticket else after.id))
    return min(places, default=None)


def _messages(
    query: Query, tickets: TicketQuerySet, before: Place | None, most: int
) -> tuple[list[Hit], Place | None]:
    if not query.has_text:
        return [], None
    only = None
    if (query.asks_about_tickets or query.numbers) and not _is_common(query):
        ids = list(tickets.values_list("pk", flat=True)[: FEW_TICKETS + 1])
        only = ids if len(ids) <= FEW_TICKETS else None
    wanted = Wanted(
        words=" ".join(query.words), is_unfinished=query.ends_open, phrases=query.phrases, tickets=only,
        notes_only=query.notes_only, since=query.after,
    )  # fmt: skip
    hits: list[Hit] = []
    started = time.monotonic()
    for candidates in ROUNDS:
        found = newest(wanted, before=before, most=candidates)
        hits += _seen(found.places, tickets, most - len(hits))
        before = found.more_before
        if len(hits) >= most or before is None or time.monotonic() - started > PATIENCE:
            break
    return hits, None if len(hits) >= most else before  # a full page ends at its own last hit


def _is_common(query: Query) -> bool:
    """The customer that is meant may be one of very many: naming their tickets would cost more than it saves."""
    return any(search.few_contacts(search.terms(value)) is None for value in query.contacts)


def _seen(places: Sequence[Place], tickets: TicketQuerySet, most: int) -> list[Hit]:
    """The first of those that belong to the tickets asked for, read through the fence."""
    ids = [place.id for place in places]
    of_ticket = dict(Message.objects.filter(pk__in=ids).values_list("pk", "ticket_id"))
    allowed = set(tickets.filter(pk__in=set(of_ticket.values())).values_list("pk", flat=True))
    seen = [pk for pk in ids if of_ticket.get(pk) in allowed][:most]
    rows = Message.objects.filter(pk__in=seen).select_related("author", "text").in_bulk()
    return [Hit(rows[pk].ticket_id, rows[pk].at, rows[pk]) for pk in seen if pk in rows]


def _tickets(query: Query, tickets: TicketQuerySet, after: Position | None, most: int) -> list[Hit]:
    """Tickets of the customers that the words name; of every customer when there are no words."""
    found = tickets.about(" ".join([*query.words, *query.phrases]))
    if query.before:
        found = found.filter(last_message_at__lt=query.before)
    if query.after:
        found = found.filter(last_message_at__gte=query.after)
    if after is not None:
        at_once = Q(last_message_at=after.at, pk__lt=after.id) if after.is_ticket else Q(pk__in=[])
        found = found.filter(last_message_at__lte=after.at).filter(Q(last_message_at__lt=after.at) | at_once)
    rows = found.order_by(F("last_message_at").desc(), F("pk").desc()).values_list("pk", "last_message_at")
    return [Hit(pk, at, None) for pk, at in rows[:most]]
