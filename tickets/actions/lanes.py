"""Whose turn it is: one lane per contact and connection, held by one worker at a time.

A lane is due as long as something has to leave. It is woken in the transaction that queues a message and put
to sleep under the same row lock, so no message can slip in between unseen. What is sent all day is written as SQL
or kept as text: Django takes longer to write these statements than PostgreSQL to do them.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.timezone import now

from tenants.scoping import current_company_id
from tenants.statements import Later, Statement, update_of
from tickets.actions import outcomes
from tickets.models import Attempt, Message, OutboundLane, Ticket
from tickets.models.message import State
from tickets.transport import Accepted, Outcome, Postponed

LEASE = timedelta(seconds=60)
UNSENT = [State.QUEUED, State.SENDING, State.DOUBTFUL]


_WAKE = """
INSERT INTO tickets_outboundlane
    (company_id, connection_id, contact_id, due_at, slow_downs, version, created_at, updated_at)
VALUES (%s, %s, %s, %s, 0, 1, %s, %s)
ON CONFLICT (connection_id, contact_id) DO UPDATE SET due_at = EXCLUDED.due_at
RETURNING id
"""
_TAKE = """
UPDATE tickets_outboundlane SET lease = %(lease)s, leased_until = %(until)s
WHERE id = %(lane)s AND company_id = %(company)s AND due_at IS NOT NULL
    AND (leased_until IS NULL OR leased_until < %(at)s)
RETURNING connection_id, contact_id, slow_downs
"""
# Nobody is waited for: an outcome is being written down in the same transaction.
_LOCK_MINE = """
SELECT id FROM tickets_outboundlane WHERE id = %s AND company_id = %s AND lease = %s FOR UPDATE SKIP LOCKED
"""
# What agents were asked about no longer blocks those behind it. Those that are UNSENT stand here as the index names
# them, so one plan serves all lanes. A bare MIN, like a LIMIT, would tempt the planner to walk the whole table by id.
_OLDEST = """
SELECT min(message.id + 0) FROM tickets_message AS message JOIN tickets_ticket AS ticket ON ticket.id = ticket_id
WHERE message.company_id = %s AND message.connection_id = %s AND ticket.contact_id = %s
    AND message.state IN ('queued', 'sending', 'doubtful') AND message.error->>'action' IS DISTINCT FROM 'decide'
"""
_RELEASE = """
UPDATE tickets_outboundlane SET lease = NULL, leased_until = NULL, due_at = %s
WHERE id = %s AND company_id = %s AND lease = %s
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
    at, lease, company_id = now(), uuid.uuid4(), current_company_id()
    values: dict[str, Any] = {"lane": lane_id, "company": company_id, "lease": lease}
    values |= {"until": at + LEASE, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        row = cursor.fetchone()
    if row is None:
        return None
    connection_id, contact_id, slow_downs = row
    return OutboundLane(
        pk=lane_id, company_id=company_id, connection_id=connection_id, contact_id=contact_id, lease=lease,
        slow_downs=slow_downs,
    )  # fmt: skip


def extend(lane: OutboundLane, by: timedelta = LEASE) -> bool:
    """Keep the lane for longer. False means that it was lost: stop without touching anything."""
    mine = OutboundLane.objects.filter(pk=lane.pk, lease=lane.lease)
    return bool(mine.update(leased_until=now() + by))


def first_message(lane: OutboundLane) -> Message | None:
    """The same as `next_message`, without a lock as long as something may leave now: a try looks at the lease again."""
    first = _first(lane)
    return first if first is not None and _may_leave(first) else next_message(lane)


def next_message(lane: OutboundLane) -> Message | None:
    """The message whose turn it is. None: there is none now, and the lane was given back (or lost)."""
    while True:
        with transaction.atomic():
            if not OutboundLane.objects.select_for_update().filter(pk=lane.pk, lease=lane.lease).first():
                return None
            first = _first(lane)
            if first is None:
                release(lane, None)
                return None
            if _may_leave(first):
                return first
            if first.state == State.QUEUED:
                release(lane, first.not_before)
                return None
        # Outside the lane's lock: receipts lock messages first and lanes second.
        blocked_until = _doubt_ends(first)
        if blocked_until is not None:
            release(lane, blocked_until)
            return None


def go_on(lane: OutboundLane) -> tuple[bool, Message | None]:
    """In the transaction that wrote down how a message left: the next one, or the lane was put to sleep.

    False: this cannot be said without waiting for somebody, so ask for the `next_message` after the commit.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_MINE, [lane.pk, lane.company_id, lane.lease])
        if cursor.fetchone() is None:
            return False, None
    first = _first(lane)
    if first is None:
        release(lane, None)
        return True, None
    return (True, first) if _may_leave(first) else (False, None)


def release(lane: OutboundLane, due_at: datetime | None) -> None:
    """Give the lane back; it is due again at `due_at`, or when it is woken."""
    with connection.cursor() as cursor:
        cursor.execute(_RELEASE, [due_at, lane.pk, lane.company_id, lane.lease])


def _may_leave(message: Message) -> bool:
    is_free = message.not_before is None or message.not_before <= now()
    return message.state == State.QUEUED and is_free


def _first(lane: OutboundLane) -> Message | None:
    """In the order they were written."""
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST, [lane.company_id, lane.connection_id, lane.contact_id])
        oldest = cursor.fetchone()[0]
    return None if oldest is None else _whole.rows(pk=oldest)[0]


@Statement
def _whole() -> Any:
    """With all that sending looks at."""
    parts = "ticket__contact", "connection", "company", "author", "reply_to"
    return Message.objects.select_related(*parts).filter(pk=Later("pk"))


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
