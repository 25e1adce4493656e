"""Applying events: many lanes together while all goes well, one event at a time where something goes wrong.

A lane is worked under its row's lock, its events in the order of their ids. An event is marked as applied in
the transaction of its effects, so it has them exactly once.
"""

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, transaction
from django.db import connection as database
from django.utils.timezone import now

from helpdesk.metrics import INBOUND_LAG
from tenants.scoping import current_company_id
from tenants.statements import Later, Statement
from tickets.actions import (
    amendments,
    calls,
    groups,
    inbound,
    phone_messages,
    receipts,
    recognition,
    system_lines,
)
from tickets.models import Connection
from tickets.transport import (
    BookEntry,
    Call,
    Edit,
    GroupNews,
    ImportNews,
    Inbound,
    Notice,
    PhoneMessage,
    Reaction,
    Receipt,
    Removal,
)
from whatsapp.actions import account_news, past, phones
from whatsapp.actions.missed import was_missed
from whatsapp.cloud_api.facts import unpack
from whatsapp.cloud_api.payloads import Renumbered, What
from whatsapp.models import Event, EventLane
from whatsapp.models.event import Kind, State

logger = logging.getLogger(__name__)

LANES = 50  # worked together
EVENTS = 400
GO_ON_AFTER = 3  # failures, after which the lane no longer waits for an event
GIVE_UP_AFTER = 8
PARKED_TRIES = 8
PAUSES = [1, 2, 5, 15, 60, 300, 900, 3600]  # seconds before each further try

# A lane that somebody else works on is left to them; it stays due until they have done all of it.
_CLAIM = """
SELECT id FROM whatsapp_eventlane WHERE company_id = %s AND due_at <= statement_timestamp()
ORDER BY due_at, id LIMIT %s FOR UPDATE SKIP LOCKED
"""
_PENDING = """
SELECT event.id, event.company_id, event.lane_id, event.connection_id, event.kind, event.at, event.data,
    event.state, event.tries, event.retry_at, event.error, event.version, payload.received_at
FROM whatsapp_event AS event LEFT JOIN whatsapp_payload AS payload ON payload.id = event.payload_id
WHERE event.lane_id = ANY(%s) AND event.state = 'pending'
ORDER BY event.id LIMIT %s
"""
_FINISH = """
WITH done AS (
    UPDATE whatsapp_event SET state = 'applied', error = '', updated_at = now() WHERE id = ANY(%(events)s)
), slept AS (
    UPDATE whatsapp_eventlane SET due_at = NULL WHERE id = ANY(%(asleep)s)
)
UPDATE whatsapp_event SET state = 'pending', tries = 0, retry_at = NULL
WHERE state = 'parked' AND connection_id = ANY(%(connections)s) AND target = ANY(%(targets)s)
RETURNING lane_id
"""


def drain_some() -> bool:
    """Work lanes that are due and free. False when no more of them wait."""
    taken: list[int] = []
    try:
        with transaction.atomic():
            taken = _take(LANES)
            troubled, more = _drain_together(taken)
    except OperationalError:
        raise  # the database is the trouble, not an event
    except Exception:
        logger.warning("a batch of events failed; going on one by one", exc_info=True)
        troubled, more = set(taken), True
    for lane_id in sorted(troubled):
        while _apply_next(lane_id):
            more = True
    return more


def _take(limit: int) -> list[int]:
    with database.cursor() as cursor:
        cursor.execute(_CLAIM, [current_company_id(), limit])
        return [row[0] for row in cursor.fetchall()]


def _drain_together(lanes: list[int]) -> tuple[set[int], bool]:
    """Everything that waits in these lanes, but for lanes with an event that failed before.

    Answers those lanes, and whether more may wait.
    """
    if not lanes:
        return set(), False
    events = _pending(lanes)
    is_cut = len(events) == EVENTS
    troubled = {event.lane_id for event in events if event.tries and event.lane_id}
    clean = [event for event in events if event.lane_id not in troubled]
    _apply(clean)
    asleep = [] if is_cut else [lane for lane in lanes if lane not in troubled]
    called = _mark_applied(clean, asleep)
    return troubled, is_cut or called or len(lanes) == LANES


@transaction.atomic
def _apply_next(lane_id: int) -> bool:
    """The first event of the lane that may be tried now. False: nothing may, or somebody else works here."""
    lane = (
        EventLane.objects.select_for_update(skip_locked=True).filter(pk=lane_id, due_at__isnull=False).first()
    )
    if lane is None:
        return False
    waits: list[datetime] = []
    for event in _pending([lane.pk]):
        if event.retry_at is None or event.retry_at <= now():
            _try(event)
            return True
        waits.append(event.retry_at)
        if event.tries < GO_ON_AFTER:
            break  # those behind it wait as well
    EventLane.objects.filter(pk=lane.pk).update(due_at=min(waits, default=None))
    return False


def _try(event: Event) -> None:
    try:
        with transaction.atomic():
            _apply([event])
            _mark_applied([event], asleep=[])
    except Exception as error:
        event.tries += 1
        event.error = f"{type(error).__name__}: {error}"[:300].replace("\x00", "")
        event.retry_at = now() + timedelta(seconds=PAUSES[min(event.tries, len(PAUSES)) - 1])
        event.state = State.QUARANTINED if event.tries >= GIVE_UP_AFTER else State.PENDING
        event.save(update_fields=["tries", "error", "retry_at", "state"])
        logger.exception("event not applied", extra={"fields": {"event": event.pk, "tries": event.tries}})


def _apply(events: list[Event]) -> None:
    """The effects of these events, in their order, runs of one sort and connection together."""
    for event in events:
        if event.kind == Kind.ACCOUNT:
            account_news.apply(event)
    events = [event for event in events if event.kind != Kind.ACCOUNT]
    wanted = {event.connection_id for event in events}
    connections = {row.pk: row for row in _connections.rows(ids=list(wanted))}
    for connection_id, kind, run in _runs(events):
        connection = connections[connection_id]
        facts: list[What] = [unpack(event.kind, event.data, event.at) for event in run]
        if kind == Kind.MESSAGE:
            _messages(connection, run, facts)
        elif kind == Kind.PHONE:
            for event, fact in past.wanted(connection, run, facts):
                _apply_one(connection, event, fact)
            continue
        elif kind == Kind.STATUS:
            receipts.record_all(connection, [fact for fact in facts if isinstance(fact, Receipt)])
        for event, fact in zip(run, facts, strict=True):
            _apply_one(connection, event, fact)


def _apply_one(connection: Connection, event: Event, fact: What) -> None:
    """What is not applied by the run."""
    if isinstance(fact, Reaction | Edit | Removal):
        _amend(connection, event, fact)
    elif isinstance(fact, Call):
        calls.record(connection, fact, is_missed=was_missed(connection, event))
    elif isinstance(fact, Notice):
        system_lines.add(connection, fact)
    elif isinstance(fact, PhoneMessage):
        phone_messages.take(connection, fact)
    elif isinstance(fact, BookEntry):
        recognition.recognise(fact.peer, at=fact.at)
    elif isinstance(fact, ImportNews):
        phones.hear(connection, fact)
    elif isinstance(fact, GroupNews):
        groups.record(connection, fact)
    elif isinstance(fact, Renumbered):
        recognition.renumber(fact.was, fact.now, at=event.at)
        if notice := fact.notice(event.key, event.at):
            system_lines.add(connection, notice)


@Statement
def _connections() -> Any:
    """What messages need of their connections."""
    whole = Connection.objects.defer("credentials").select_related("queue", "company")
    return whole.filter(pk__any=Later("ids"))


def _runs(events: list[Event]) -> Iterable[tuple[int, str, list[Event]]]:
    """Events of different lanes may pass each other, those of one lane may not."""
    runs: list[tuple[int, str, list[Event]]] = []
    last_run_of_lane: dict[int | None, int] = {}
    for event in events:
        assert event.connection_id is not None
        first = last_run_of_lane.get(event.lane_id, 0)
        for index in range(first, len(runs)):
            if runs[index][:2] == (event.connection_id, event.kind):
                break
        else:
            index = len(runs)
            runs.append((event.connection_id, event.kind, []))
        runs[index][2].append(event)
        last_run_of_lane[event.lane_id] = index
    return runs


def _messages(connection: Connection, run: list[Event], facts: list[What]) -> None:
    heard = [
        replace(fact, is_missed=was_missed(connection, event))
        for event, fact in zip(run, facts, strict=True)
        if isinstance(fact, Inbound)
    ]
    if len(run) == 1 and run[0].tries:
        found = inbound.receive(connection, heard[0])  # looks first whether the message is there
        stored = [found] if found else []
    else:
        stored = inbound.receive_all(connection, heard)
    _skip_unheard(run, {message.provider_id for message in stored})
    for event in run:
        INBOUND_LAG.observe(max(0.0, (now() - (event.received_at or now())).total_seconds()))


def _skip_unheard(run: list[Event], stored: set[str]) -> None:
    """Blocked contacts are not heard: their messages stay in the ledger, and nowhere else."""
    for event in run:
        if event.data["provider_id"] not in stored:
            event.state = State.SKIPPED
            event.save(update_fields=["state"])


def _amend(connection: Connection, event: Event, change: Reaction | Edit | Removal) -> None:
    """What speaks of a message may overtake it: then it waits, and the message's arrival calls it."""
    if isinstance(change, Reaction):
        is_done = inbound.react(connection, change)
    elif isinstance(change, Edit):
        is_done = amendments.edit(connection, change)
    else:
        is_done = amendments.remove(connection, change)
    if is_done:
        return
    event.state = State.PARKED
    event.tries += 1
    pause = PAUSES[min(event.tries, len(PAUSES)) - 1]
    event.retry_at = now() + timedelta(seconds=pause) if event.tries < PARKED_TRIES else None
    event.save(update_fields=["state", "tries", "retry_at"])


def _pending(lanes: list[int]) -> list[Event]:
    """What waits in these lanes, oldest first, with the moment its webhook arrived."""
    found = Event.objects.raw(_PENDING, [lanes, EVENTS])
    return list(found)


def _mark_applied(events: list[Event], asleep: list[int]) -> bool:
    """In the transaction of the effects. True when changes that came before these messages are due now."""
    arrived = [event for event in events if event.kind in {Kind.MESSAGE, Kind.PHONE}]
    values: dict[str, Any] = {
        "events": [event.pk for event in events if event.state == State.PENDING],
        "asleep": asleep,
        "connections": list({event.connection_id for event in arrived}),
        "targets": [event.data["provider_id"] for event in arrived],
    }
    with database.cursor() as cursor:
        cursor.execute(_FINISH, values)
        called = [row[0] for row in cursor.fetchall()]
    if called:
        EventLane.objects.filter(pk__in=called).update(due_at=now())
    return bool(called)


def call_parked() -> set[int]:
    """Changes whose time to look again has come, across companies: whose lanes are due now."""
    parked = Event.objects.filter(state=State.PARKED, retry_at__lte=now())
    found = list(parked.values_list("company_id", "lane_id"))
    if lanes := {lane_id for _, lane_id in found}:
        parked.update(state=State.PENDING, retry_at=None)
        EventLane.objects.filter(pk__in=lanes).update(due_at=now())
    return {company_id for company_id, _ in found}
