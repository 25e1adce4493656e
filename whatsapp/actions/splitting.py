"""Payloads become events: every item of a webhook gets a row and a key, and its lane is woken.

This and `lanes.py` speak SQL where every message passes: building the same statements through the ORM took
more time than running them.
"""

import json
import logging
import time
from collections import Counter
from datetime import timedelta
from typing import Any, NamedTuple

from django.db import OperationalError, transaction
from django.db import connection as database
from django.db.models import Q
from django.utils.timezone import now

from tenants.scoping import current_company_id
from tickets.actions import connections
from tickets.models import Connection
from whatsapp.actions.sources import facts_in
from whatsapp.cloud_api.facts import message_of, pack, target_of
from whatsapp.cloud_api.payloads import Fact
from whatsapp.models import Payload
from whatsapp.models.event import Kind
from whatsapp.models.event import State as EventState
from whatsapp.models.payload import State

logger = logging.getLogger(__name__)

PAYLOADS = 40  # per transaction
KNOWN_SECONDS = 5.0  # how long the numbers of a company are remembered
HEARD_EVERY = 60.0  # seconds between two notes that a connection's webhook works
_known: dict[tuple[int, str], tuple[float, int]] = {}
_heard: dict[int, float] = {}

# Locked in one order and not skipped: a second worker waits, so that events are numbered as they arrived.
_CLAIM = """
SELECT id, body, received_at, source, connection_id FROM whatsapp_payload
WHERE company_id = %s AND state = 'new' AND (%s::bigint IS NULL OR id = %s)
ORDER BY id LIMIT %s FOR UPDATE
"""
_STORE = """
WITH item AS (
    SELECT * FROM jsonb_to_recordset(%(events)s::jsonb) AS item (
        n int, payload_id bigint, lane text, connection_id bigint, kind text, key text, at timestamptz,
        data jsonb, target text, provider_id text, repeats int, state text, error text
    )
), lane AS (
    INSERT INTO whatsapp_eventlane (company_id, key, due_at, created_at, updated_at, version)
    SELECT %(company)s, key, now(), now(), now(), 1 FROM unnest(%(lanes)s::text[]) AS key
    ON CONFLICT (company_id, key) DO UPDATE SET due_at = excluded.due_at
    RETURNING id, key
), taken AS (
    UPDATE whatsapp_payload SET state = 'split', facts = counted.facts
    FROM unnest(%(payloads)s::bigint[], %(facts)s::int[]) AS counted (id, facts)
    WHERE whatsapp_payload.id = counted.id
)
INSERT INTO whatsapp_event (
    company_id, payload_id, lane_id, connection_id, kind, key, at, data, target, provider_id, repeats,
    state, error, tries, created_at, updated_at, version
)
SELECT %(company)s, payload_id, lane.id, connection_id, kind, item.key, at, data, target, provider_id, repeats,
    state, error, 0, now(), now(), 1
FROM item LEFT JOIN lane ON lane.key = item.lane
ORDER BY n
ON CONFLICT (company_id, key) DO UPDATE
    SET repeats = whatsapp_event.repeats + excluded.repeats
        + (whatsapp_event.payload_id IS DISTINCT FROM excluded.payload_id)::int
"""


class Raw(NamedTuple):
    """A payload that is being split."""

    id: int
    body: bytes
    received_at: Any
    source: str
    connection_id: int | None


def split_some() -> bool:
    """One batch of payloads. False when no more of them wait."""
    try:
        return _split() >= PAYLOADS
    except OperationalError:
        raise  # the database is the trouble, not a payload
    except Exception:
        logger.warning("a batch of payloads failed; going on one by one", exc_info=True)
    return _split_singly()


def _split_singly() -> bool:
    ids = list(Payload.objects.filter(state=State.NEW).order_by("id").values_list("pk", flat=True)[:PAYLOADS])
    for pk in ids:
        try:
            _split(only=pk)
        except OperationalError:
            raise
        except Exception as error:  # noqa: BLE001  one bad payload must not stop the others
            _quarantine(pk, error)
    return len(ids) == PAYLOADS


@transaction.atomic
def _split(only: int | None = None) -> int:
    """How many payloads were read."""
    company_id = current_company_id()
    with database.cursor() as cursor:
        cursor.execute(_CLAIM, [company_id, only, only, PAYLOADS])
        payloads = [Raw(*row) for row in cursor.fetchall()]
        if not payloads:
            return 0
        found = [(raw, fact) for raw in payloads for fact in _facts(raw)]
        numbers = _connections(company_id, {fact.number_id for _, fact in found} - {""})
        events = _events(found, numbers)
        facts = Counter(raw.id for raw, _ in found)
        # Woken in one order, so that two workers never wait for each other.
        lanes = sorted({event["lane"] for event in events if event["state"] == EventState.PENDING})
        values: dict[str, Any] = {
            "company": company_id,
            "events": json.dumps(events),
            "lanes": lanes,
            "payloads": [raw.id for raw in payloads],
            "facts": [facts[raw.id] for raw in payloads],
        }
        cursor.execute(_STORE, values)
    return len(payloads)


def _facts(raw: Raw) -> list[Fact]:
    return facts_in(raw.source, json.loads(bytes(raw.body)), raw.connection_id)


def _quarantine(pk: int, error: Exception) -> None:
    """Kept for a person to look at: signed bytes that are no JSON, or that we fail to take apart."""
    Payload.objects.filter(pk=pk, state=State.NEW).update(
        state=State.QUARANTINED, error=f"{type(error).__name__}: not readable"[:300]
    )
    logger.error("payload quarantined", extra={"fields": {"payload": pk, "error": type(error).__name__}})


def _connections(company_id: int, number_ids: set[str]) -> dict[str, int]:
    """The company's connections behind these numbers; notes now and then that their webhook works."""
    at = time.monotonic()
    kept = {number_id: _known.get((company_id, number_id), (0.0, 0)) for number_id in number_ids}
    found = {number_id: pk for number_id, (until, pk) in kept.items() if until > at}
    if missing := number_ids - found.keys():
        rows = Connection.objects.live().filter(kind="cloud_api", external_id__in=missing)
        for number_id, pk in rows.values_list("external_id", "pk"):
            found[number_id] = pk
            _known[company_id, number_id] = (at + KNOWN_SECONDS, pk)
    quiet = [pk for pk in found.values() if _heard.get(pk, -HEARD_EVERY) <= at - HEARD_EVERY]
    if quiet:
        _heard.update(dict.fromkeys(quiet, at))
        stale = Q(last_received_at=None) | Q(last_received_at__lt=now() - timedelta(seconds=HEARD_EVERY))
        if found_stale := Connection.objects.filter(stale, pk__in=quiet).values_list("pk", flat=True):
            connections.heard_from(list(found_stale))
    return found


def _events(found: list[tuple[Raw, Fact]], numbers: dict[str, int]) -> list[dict[str, Any]]:
    """One row per fact: a fact that stands twice in this batch is counted and kept once."""
    rows: dict[str, dict[str, Any]] = {}
    for n, (raw, fact) in enumerate(found):
        if fact.key in rows:
            rows[fact.key]["repeats"] += 1
        else:
            rows[fact.key] = _event(n, raw, fact, raw.connection_id or numbers.get(fact.number_id))
    return list(rows.values())


def _event(n: int, payload: Raw, fact: Fact, connection_id: int | None) -> dict[str, Any]:
    state, error = EventState.PENDING, ""
    if fact.kind == Kind.ACCOUNT:
        pass  # speaks of no number
    elif fact.what is None:
        state = EventState.APPLIED  # stored for the record
    elif connection_id is None:
        state, error = EventState.QUARANTINED, "No connection has this number."
    return {
        "n": n,
        "payload_id": payload.id,
        "lane": fact.lane,
        "connection_id": connection_id,
        "kind": fact.kind,
        "key": fact.key,
        "at": (fact.at or payload.received_at).isoformat(),
        "data": pack(fact),
        "target": target_of(fact),
        "provider_id": message_of(fact),
        "repeats": 0,
        "state": state,
        "error": error,
    }
