"""Whose turn it is: one lane per contact and connection, held by one worker at a time.

A lane is due as long as something has to leave. It is woken in the transaction that queues a message and put
to sleep under the same row lock, so no message can slip in between unseen.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils.timezone import now

from tenants.statements import update_of
from tickets.actions import outcomes
from tickets.models import Attempt, Message, OutboundLane, Ticket
from tickets.models.message import State
from tickets.transport import Accepted, Outcome, Postponed

LEASE = timedelta(seconds=60)
UNSENT = [State.QUEUED, State.SENDING, State.DOUBTFUL]


# Written by hand: it is part of every send, and takes Django longer to write than PostgreSQL to do.
_WAKE = """
INSERT INTO tickets_outboundlane
    (company_id, connection_id, contact_id, due_at, slow_downs, version, created_at, updated_at)
VALUES (%s, %s, %s, %s, 0, 1, %s, %s)
ON CONFLICT (connection_id, contact_id) DO UPDATE SET due_at = EXCLUDED.due_at
RETURNING id
"""


def wake(ticket: Ticket, *, saving: Iterable[str] = ()) -> int:
    """Something has to leave: the lane's id. Part of the transaction that queues it.

    One statement, together with these fields of the ticket, which its caller holds locked.
    """
    at = now()
    values: list[Any]
    sql, values = "", [ticket.company_id, ticket.connection_id, ticket.contact_id, at, at, at]
    if saving:
        update, changes = update_of(ticket, saving)
        sql, values = f"WITH saved AS ({update})", [*changes, *values]
    with connection.cursor() as cursor:
        cursor.execute(sql + _WAKE, values)
        lane_id: int = cursor.fetchone()[0]
    return lane_id


def take(lane_id: int) -> OutboundLane | None:
    """Become the lane's only worker for a minute; None when it sleeps or somebody else works on it."""
    free = Q(leased_until=None) | Q(leased_until__lt=now())
    lease = uuid.uuid4()
    taken = OutboundLane.objects.filter(free, pk=lane_id, due_at__isnull=False).update(
        lease=lease, leased_until=now() + LEASE
    )
    if not taken:
        return None
    lane: OutboundLane = OutboundLane.objects.select_related("connection", "contact", "company").get(
        pk=lane_id
    )
    return lane if lane.lease == lease else None


def extend(lane: OutboundLane, by: timedelta = LEASE) -> bool:
    """Keep the lane for longer. False means that it was lost: stop without touching anything."""
    mine = OutboundLane.objects.filter(pk=lane.pk, lease=lane.lease)
    return bool(mine.update(leased_until=now() + by))


def next_message(lane: OutboundLane) -> Message | None:
    """The message whose turn it is. None: there is none now, and the lane was given back (or lost)."""
    while True:
        with transaction.atomic():
            if not OutboundLane.objects.select_for_update().filter(pk=lane.pk, lease=lane.lease).first():
                return None
            first = _first(_unsent(lane))
            if first is None:
                release(lane, None)
                return None
            if first.state == State.QUEUED:
                if first.not_before is None or first.not_before <= now():
                    return first
                release(lane, first.not_before)
                return None
        # Outside the lane's lock: receipts lock messages first and lanes second.
        blocked_until = _doubt_ends(first)
        if blocked_until is not None:
            release(lane, blocked_until)
            return None


def release(lane: OutboundLane, due_at: datetime | None) -> None:
    """Give the lane back; it is due again at `due_at`, or when it is woken."""
    OutboundLane.objects.filter(pk=lane.pk, lease=lane.lease).update(
        lease=None, leased_until=None, due_at=due_at
    )


def _unsent(lane: OutboundLane) -> list[Message]:
    """In the order they were written. No LIMIT: it would tempt the planner to walk the whole table by id."""
    found = Message.objects.filter(
        connection_id=lane.connection_id, ticket__contact_id=lane.contact_id, state__in=UNSENT
    )
    return list(found.order_by("id").only("id", "company", "state", "error", "not_before"))


def _first(unsent: list[Message]) -> Message | None:
    """What agents were asked about no longer blocks those behind it."""
    return next((one for one in unsent if not outcomes.is_flagged(one)), None)


def _doubt_ends(message: Message) -> datetime | None:
    """Until when an unclear send blocks those behind it; None when it no longer does."""
    if message.state == State.SENDING:
        # We hold the lease, so whoever started this attempt is gone and nobody knows how far it came.
        outcomes.abandon(message.pk)
    attempts = Attempt.objects.filter(message=message).order_by("-number")
    ended_at = attempts.values_list("ended_at", flat=True).first()
    blocked_until = (ended_at or now()) + timedelta(seconds=settings.DOUBT_SECONDS)
    if blocked_until > now():
        return blocked_until
    outcomes.flag(message.pk)
    return None


def remember_pace(lane: OutboundLane, outcome: Outcome) -> None:
    """Count the refusals in a row because this person was written to too fast."""
    if isinstance(outcome, Postponed) and outcome.scope == "lane":
        lane.slow_downs += 1
    elif isinstance(outcome, Accepted) and lane.slow_downs:
        lane.slow_downs = 0
    else:
        return
    OutboundLane.objects.filter(pk=lane.pk).update(slow_downs=lane.slow_downs)
